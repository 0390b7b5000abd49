package org.purertc.internal.rtp.cc;

import java.util.random.RandomGenerator;

/** One direction of a path: a queue that drops at its tail, a rate, a delay, jitter and loss. */
final class BottleneckLink {
  private final VirtualTime time;
  private final RandomGenerator random;
  private final long queueLimitNs;
  private final long jitterNs;
  private final double loss;
  private long bitsPerSecond;
  private long queuedBytes;
  private long freeAtNs;
  private long deliveredAtNs;

  BottleneckLink(
      VirtualTime time,
      long bitsPerSecond,
      long queueLimitMs,
      long jitterMs,
      double loss,
      RandomGenerator random) {
    this.time = time;
    this.bitsPerSecond = bitsPerSecond;
    this.queueLimitNs = queueLimitMs * VirtualTime.MS;
    this.jitterNs = jitterMs * VirtualTime.MS;
    this.loss = loss;
    this.random = random;
  }

  static BottleneckLink of(VirtualTime time, long bitsPerSecond, RandomGenerator random) {
    return new BottleneckLink(time, bitsPerSecond, 300, 0, 0, random);
  }

  void setRate(long newBitsPerSecond) {
    bitsPerSecond = newBitsPerSecond;
  }

  /** How long a packet would wait now. */
  long queueNs() {
    return Rates.durationNs(queuedBytes, bitsPerSecond);
  }

  /** False when the packet was dropped. */
  boolean send(int bytes, long delayNs, Runnable arrival) {
    if (queueNs() > queueLimitNs || random.nextDouble() < loss) {
      return false;
    }
    queuedBytes += bytes;
    freeAtNs = Math.max(freeAtNs, time.nowNs()) + Rates.durationNs(bytes, bitsPerSecond);
    long jitter = jitterNs == 0 ? 0 : random.nextLong(jitterNs);
    time.at(freeAtNs, () -> queuedBytes -= bytes);
    deliveredAtNs = Math.max(deliveredAtNs, freeAtNs + delayNs + jitter);
    time.at(jitter == 0 ? freeAtNs + delayNs : deliveredAtNs, arrival);
    return true;
  }
}
