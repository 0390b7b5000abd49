package org.purertc.samples.relay;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a bad network: datagrams and the time in, due datagrams out.
 *
 * <p>Loss comes first, then the queue and the serialisation of the slowest hop, then the delay. The
 * queue counts only what waits for the hop, never what is on its way: distance does not fill it.
 * The same datagrams at the same times with the same random source meet the same fate.
 */
final class ImpairedLink {
  /** What one direction holds at most; more is dropped and counted apart. */
  static final int MAX_PACKETS = 65_536;

  static final long MAX_BYTES = 128L << 20;

  private volatile Impairment impairment;
  private final RandomGenerator random;
  private final BottleneckQueue queue;
  private final DelayLine line = new DelayLine(MAX_PACKETS, MAX_BYTES);
  private final LinkCounters counters = new LinkCounters();
  private long lastInOrderNs;
  private boolean started;

  ImpairedLink(Impairment impairment, RandomGenerator random) {
    this.impairment = impairment;
    this.random = random;
    queue = new BottleneckQueue(impairment.bottleneck());
  }

  /** Other conditions for what enters from now on, from any thread; the slowest hop stays. */
  void impair(Impairment other) {
    impairment = other;
  }

  /** A datagram enters; its bytes are copied, its position stays. */
  void offer(ByteBuffer datagram, long nowNs) {
    counters.received++;
    counters.receivedBytes += datagram.remaining();
    if (happens(impairment.loss())) {
      counters.droppedByLoss++;
      return;
    }
    boolean twice = happens(impairment.duplicate());
    enter(datagram, nowNs);
    if (twice) {
      counters.duplicated++;
      enter(datagram, nowNs);
    }
  }

  /** The next datagram that is due, or null; it stays the next one until {@link #leave}. */
  @Nullable ByteBuffer due(long nowNs) {
    return line.size() > 0 && line.firstDueNs() - nowNs <= 0 ? line.first() : null;
  }

  /** The datagram of {@link #due} went out, or could not. */
  void leave(int bytes, boolean delivered) {
    line.removeFirst();
    if (delivered) {
      counters.sent++;
      counters.sentBytes += bytes;
    } else {
      counters.undeliverable++;
    }
  }

  /** Whether anything is on its way. */
  boolean isEmpty() {
    return line.size() == 0;
  }

  /** How many datagrams are on their way. */
  int size() {
    return line.size();
  }

  /** When the next datagram is due; {@link Long#MAX_VALUE} when the link is empty. */
  long nextDueNs() {
    return line.firstDueNs();
  }

  LinkCounters counters() {
    return counters;
  }

  private void enter(ByteBuffer datagram, long nowNs) {
    long passNs = queue.enter(datagram.remaining(), nowNs);
    if (passNs == BottleneckQueue.FULL) {
      counters.droppedByQueue++;
      return;
    }
    counters.largestQueue = Math.max(counters.largestQueue, queue.packets());
    if (!line.add(datagram, dueNs(nowNs + passNs))) {
      counters.droppedByRelay++;
    }
  }

  private long dueNs(long departureNs) {
    long dueNs = departureNs + impairment.delayNs();
    if (impairment.jitterNs() > 0) {
      dueNs += random.nextLong(impairment.jitterNs() + 1);
    }
    if (started && dueNs - lastInOrderNs < 0) {
      dueNs = lastInOrderNs;
    }
    if (happens(impairment.reorder())) {
      // Those behind do not wait for it.
      return dueNs + impairment.holdBackNs();
    }
    started = true;
    lastInOrderNs = dueNs;
    return dueNs;
  }

  /** Draws only for what can happen, so that a run's numbers depend on its conditions alone. */
  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }
}
