package org.purertc.internal.rtp.cc;

/**
 * The rate that loss allows, draft-ietf-rmcat-gcc-02 section 6: up by 8 % a second below 2 % of
 * loss, down by half of the loss above 10 %.
 */
final class LossBasedEstimator {
  private static final double LOW_LOSS = 0.02;
  private static final double HIGH_LOSS = 0.1;
  private static final double INCREASE = 1.08;
  private static final long INCREASE_BITS = 1_000;

  /** Fewer packets say nothing of loss. */
  private static final int MIN_PACKETS = 20;

  private static final long INCREASE_INTERVAL_NS = 1_000_000_000L;
  private static final long DECREASE_INTERVAL_NS = 300_000_000L;

  private long bitsPerSecond;
  private int lost;
  private int packets;
  private double lossFraction;

  /** The lowest rate of the last interval, from which increases are reckoned. */
  private long lowest;

  private long lowestSinceNs;
  private long decreasedNs;
  private boolean started;
  private boolean decreased;
  private boolean decreasedForThisLoss;

  LossBasedEstimator(long startBitsPerSecond) {
    this.bitsPerSecond = startBitsPerSecond;
    this.lowest = startBitsPerSecond;
  }

  long bitsPerSecond() {
    return bitsPerSecond;
  }

  double lossFraction() {
    return lossFraction;
  }

  /** A rate known otherwise. */
  void set(long newBitsPerSecond, long nowNs) {
    bitsPerSecond = newBitsPerSecond;
    lowest = newBitsPerSecond;
    lowestSinceNs = nowNs;
  }

  /** What delay, receiver and program allow at most. */
  void limit(long maxBitsPerSecond) {
    bitsPerSecond = Math.min(bitsPerSecond, maxBitsPerSecond);
    lowest = Math.min(lowest, bitsPerSecond);
  }

  /** True when the rate went down. */
  boolean add(int newlyLost, int newlyArrived, long roundTripNs, long nowNs) {
    lost += newlyLost;
    packets += newlyLost + newlyArrived;
    if (packets >= MIN_PACKETS) {
      lossFraction = (double) lost / packets;
      lost = 0;
      packets = 0;
      decreasedForThisLoss = false;
    }
    return update(roundTripNs, nowNs);
  }

  /** Loss as a receiver report tells it. */
  void report(double fraction, long roundTripNs, long nowNs) {
    lossFraction = fraction;
    decreasedForThisLoss = false;
    update(roundTripNs, nowNs);
  }

  private boolean update(long roundTripNs, long nowNs) {
    if (lossFraction <= LOW_LOSS) {
      increase(nowNs);
      return false;
    }
    boolean soon = decreased && nowNs - decreasedNs < DECREASE_INTERVAL_NS + roundTripNs;
    if (lossFraction <= HIGH_LOSS || decreasedForThisLoss || soon) {
      return false;
    }
    decreased = true;
    decreasedForThisLoss = true;
    decreasedNs = nowNs;
    set((long) (bitsPerSecond * (1 - 0.5 * lossFraction)), nowNs);
    return true;
  }

  private void increase(long nowNs) {
    if (!started || nowNs - lowestSinceNs >= INCREASE_INTERVAL_NS) {
      started = true;
      lowest = bitsPerSecond;
      lowestSinceNs = nowNs;
    }
    bitsPerSecond = Math.max(bitsPerSecond, (long) (INCREASE * lowest) + INCREASE_BITS);
  }
}
