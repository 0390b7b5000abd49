package org.purertc.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.SignalingException;
import org.purertc.samples.signaling.SignalingFormat;
import org.purertc.samples.signaling.SignalingMessage;
import org.purertc.samples.terminal.CommandFailure;

/**
 * {@code idle --udp-port}: this process has many peers on one port, another one ({@link
 * IdleCallers}) as many with ports of their own. Measured is this process alone.
 */
final class IdleCrowd implements AutoCloseable {
  /** Enough to keep both processes at work; more would only wait for each other. */
  private static final int AT_ONCE = 4;

  private final PeerSource peers;
  private final ChildProcess child;
  private final List<BenchPeer> answerers = new ArrayList<>();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final AtomicInteger failed = new AtomicInteger();
  private volatile @Nullable String trouble;

  IdleCrowd(PeerSource peers, ChildProcess child) {
    this.peers = peers;
    this.child = child;
    Thread reader = new Thread(this::read, "calling process");
    reader.setDaemon(true);
    reader.start();
  }

  /** Heap and threads: the growth from {@code unmeasured} peers to so many and {@code count}. */
  ObjectNode measure(BenchOptions options, BenchOutput output)
      throws IOException, InterruptedException {
    int count = options.rounds().count();
    connect(new double[options.rounds().unmeasured()]);
    Footprint base = Footprint.settled();
    long startNs = System.nanoTime();
    double[] millis = new double[count];
    connect(millis);
    double seconds = (System.nanoTime() - startNs) / 1e9;
    Footprint full = Footprint.settled();
    ObjectNode result =
        BenchOutput.distribution(BenchOutput.result(BenchCase.IDLE), "ms", millis)
            .put("pairs", count)
            .put("failedPairs", failed.get())
            .put("setupsPerSecond", count / seconds)
            .put("heapPerPeerKb", full.heapKbSince(base) / count);
    if (full.pssKb() >= 0) {
      result.put("pssPerPeerKb", full.pssKbSince(base) / count);
    }
    full.putIdle(result, base, options, output);
    return result;
  }

  /** Some at a time, until all are open; the time of each from new to open on this side. */
  private void connect(double[] millis) throws IOException, InterruptedException {
    for (int i = 0; i < millis.length; i++) {
      acquire(1);
      call(millis, i);
    }
    acquire(AT_ONCE);
    room.release(AT_ONCE);
    if (failed.get() > millis.length / 100) {
      throw new CommandFailure(failed.get() + " pairs did not connect, the last: " + trouble);
    }
  }

  private void acquire(int permits) throws InterruptedException {
    if (!room.tryAcquire(permits, 2 * BenchPair.CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new CommandFailure("the pairs did not come about: " + trouble);
    }
  }

  private void call(double[] millis, int index) throws IOException {
    long startNs = System.nanoTime();
    BenchPeer answerer;
    synchronized (answerers) {
      int number = answerers.size();
      answerer = BenchPeer.answerer(peers, message -> send(number, message), channel -> {});
      answerers.add(answerer);
    }
    var unused =
        answerer
            .channel()
            .orTimeout(BenchPair.CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS)
            .whenComplete(
                (open, lost) -> {
                  millis[index] = (System.nanoTime() - startNs) / 1e6;
                  if (lost != null) {
                    failed.incrementAndGet();
                    trouble = answerer.failureReason() + ", " + lost;
                  }
                  room.release();
                });
    child.send("{\"type\":\"call\"}");
  }

  private void send(int number, SignalingMessage message) {
    try {
      child.send(EchoedCalls.line(number, message));
    } catch (IOException e) {
      throw new UncheckedIOException("the calling process has ended", e);
    }
  }

  private void read() {
    try {
      for (JsonNode node = child.next(); node != null; node = child.next()) {
        SignalingMessage message = SignalingFormat.read(node);
        if (message != null) {
          answerer(node.path("call").asInt()).receive(message);
        }
      }
      trouble = "the calling process has ended";
    } catch (IOException | SignalingException e) {
      trouble = "the calling process has ended: " + e;
    }
  }

  private BenchPeer answerer(int number) {
    synchronized (answerers) {
      return answerers.get(number);
    }
  }

  @Override
  public void close() {
    answerers.forEach(BenchPeer::close);
    child.close();
  }
}
