package org.purertc.bench.libwebrtc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cases {@code throughput} and {@code msgrate}: one side sends all it can, the other counts.
 */
final class Flow implements Traffic {
  /** Asking for the buffered amount is a call into another thread: not after every message. */
  private static final int BURST = 64;

  private static final int SMALL_BYTES = 1_024;

  /**
   * When to measure.
   *
   * @param warmNs from the first message on
   * @param measureNs after that
   */
  record Window(long warmNs, long measureNs) {}

  private final String name;
  private final int sizeBytes;
  private final long highBytes;
  private final Window window;
  private final BenchLines lines;
  private final Semaphore room = new Semaphore(0);
  private final CompletableFuture<ObjectNode> result = new CompletableFuture<>();

  // Of libwebrtc's network thread alone.
  private long firstNs;
  private long windowNs;
  private long bytes;
  private long messages;

  Flow(String name, int sizeBytes, long highBytes, Window window, BenchLines lines) {
    this.name = name;
    this.sizeBytes = sizeBytes;
    this.highBytes = highBytes;
    this.window = window;
    this.lines = lines;
  }

  @Override
  public @Nullable ObjectNode offer(RTCDataChannel channel) throws Exception {
    ByteBuffer message = ByteBuffer.allocateDirect(sizeBytes);
    long lowBytes = highBytes / 4;
    long burst = Math.max(1, Math.min(BURST, (highBytes - lowBytes) / sizeBytes / 4));
    while (!result.isDone()) {
      for (int i = 0; i < burst; i++) {
        message.clear();
        channel.send(new RTCDataChannelBuffer(message, true));
      }
      if (channel.getBufferedAmount() >= highBytes) {
        awaitLow(channel, lowBytes);
      }
    }
    return null;
  }

  private void awaitLow(RTCDataChannel channel, long lowBytes) throws InterruptedException {
    room.drainPermits();
    while (!result.isDone() && channel.getBufferedAmount() > lowBytes) {
      // The event may have come before the permits were drained: look again soon.
      room.tryAcquire(5, TimeUnit.MILLISECONDS);
      room.drainPermits();
    }
  }

  @Override
  public ObjectNode answer() throws InterruptedException, ExecutionException {
    return result.get();
  }

  @Override
  public void onMessageAtOfferer(RTCDataChannelBuffer message) {}

  @Override
  public void onMessageAtAnswerer(RTCDataChannel channel, RTCDataChannelBuffer message) {
    // As in our own driver: the clock is not read for each small message.
    if (sizeBytes > SMALL_BYTES || (messages & 15) == 0) {
      tick(System.nanoTime());
    }
    messages++;
    bytes += message.data.remaining();
  }

  private void tick(long nowNs) {
    if (firstNs == 0) {
      firstNs = nowNs;
    }
    if (windowNs == 0 && nowNs - firstNs >= window.warmNs()) {
      windowNs = nowNs;
      bytes = 0;
      messages = 0;
      lines.mark("start");
    } else if (windowNs != 0 && !result.isDone() && nowNs - windowNs >= window.measureNs()) {
      lines.mark("end");
      result.complete(figures((nowNs - windowNs) / 1e9));
    }
  }

  private ObjectNode figures(double seconds) {
    return BenchLines.result(name)
        .put("size", sizeBytes)
        .put("secs", seconds)
        .put("bytes", bytes)
        .put("msgs", messages)
        .put("MBps", bytes / 1e6 / seconds)
        .put("msgps", messages / seconds);
  }

  @Override
  public void onBufferedAmountChange() {
    room.release();
  }
}
