package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.purertc.RTCDataChannel;
import org.purertc.RTCException;
import org.purertc.RTCMessage;

/**
 * The cases {@code throughput} and {@code msgrate}: one side sends all it can, the other counts.
 */
final class Flow {
  /** So many sends in a turn, so that a fast peer lets its own events through. */
  private static final int BURST = 256;

  private final BenchCase name;
  private final BenchOptions options;
  private final BenchOutput output;
  private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();
  private volatile boolean finished;

  Flow(BenchCase name, BenchOptions options, BenchOutput output) {
    this.name = name;
    this.options = options;
    this.output = output;
  }

  CompletableFuture<ObjectNode> result() {
    return result;
  }

  /** Fills the open channel until the receiver is done. */
  void send(RTCDataChannel channel) throws InterruptedException {
    byte[] message = new byte[options.sizeBytes()];
    long high = options.highWaterBytes();
    var room = new java.util.concurrent.Semaphore(0);
    channel.bufferedAmountLowThreshold(high / 4);
    channel.onBufferedAmountLow(room::release);
    channel.onClose(
        () -> {
          finished = true;
          room.release();
        });
    try {
      while (!finished) {
        for (int i = 0; i < BURST && channel.bufferedAmount() + message.length <= high; i++) {
          channel.send(message);
        }
        if (channel.bufferedAmount() + message.length > high) {
          // The event may have come before the last messages were added: look again soon.
          room.tryAcquire(20, TimeUnit.MILLISECONDS);
          room.drainPermits();
        }
      }
    } catch (RTCException e) {
      // Closed by the other side, which has its figures.
      finished = true;
    }
  }

  /** Counts what arrives; completes {@link #result} at the end of the window. */
  void count(RTCDataChannel channel) {
    channel.onMessage(new Counter());
  }

  /** Called by one thread at a time, in order. */
  private final class Counter implements Consumer<RTCMessage> {
    private long firstNs;
    private long windowNs;
    private long bytes;
    private long messages;
    private boolean started;

    @Override
    public void accept(RTCMessage message) {
      // Reading the clock for each of a million small messages would be measured, too.
      if (options.sizeBytes() > 1_024 || (messages & 15) == 0) {
        tick(System.nanoTime());
      }
      messages++;
      bytes += message.bytes().length;
    }

    private void tick(long nowNs) {
      if (firstNs == 0) {
        firstNs = nowNs;
      }
      if (!started && nowNs - firstNs >= options.window().warmNs()) {
        started = true;
        windowNs = nowNs;
        bytes = 0;
        messages = 0;
        output.start();
      } else if (started && !finished && nowNs - windowNs >= options.window().measureNs()) {
        finished = true;
        output.end();
        result.complete(figures((nowNs - windowNs) / 1e9));
      }
    }

    private ObjectNode figures(double seconds) {
      return BenchOutput.result(name)
          .put("size", options.sizeBytes())
          .put("secs", seconds)
          .put("bytes", bytes)
          .put("msgs", messages)
          .put("MBps", bytes / 1e6 / seconds)
          .put("msgps", messages / seconds);
    }
  }
}
