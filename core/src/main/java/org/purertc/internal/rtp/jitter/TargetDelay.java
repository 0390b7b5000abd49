package org.purertc.internal.rtp.jitter;

/**
 * How long audio has to wait so that nearly all of it is there when it is due, in the manner of
 * NetEq's delay manager: a quantile of how late packets came, or what makes reordered packets worth
 * waiting for, within what the program allows.
 */
final class TargetDelay {
  private static final long MILLISECOND_NS = 1_000_000;

  /** Before anything is known. */
  private static final long START_NS = 80 * MILLISECOND_NS;

  private static final long BUCKET_NS = 20 * MILLISECOND_NS;
  private static final int BUCKETS = 100;
  private static final double QUANTILE = 0.95;

  /** One value for each interval, the highest: a burst counts as one. */
  private static final long INTERVAL_NS = 500 * MILLISECOND_NS;

  /** One percent of loss is as bad as this much delay. */
  private static final double NS_PER_LOSS_PERCENT = 20.0 * MILLISECOND_NS;

  private final DelayHistogram late = new DelayHistogram(BUCKETS, 0.983, 2);
  private final DelayHistogram reordered = new DelayHistogram(BUCKETS, 0.9993, 2);
  private final long mostNs;
  private boolean hasInterval;
  private long intervalStartNs;
  private long latestInIntervalNs;
  private long minimumNs;
  private long maximumNs;
  private long networkNs = START_NS;

  /**
   * @param mostNs what the buffer can hold
   */
  TargetDelay(long mostNs) {
    this.mostNs = mostNs;
    this.maximumNs = mostNs;
  }

  void setLimits(long minimumNs, long maximumNs) {
    if (minimumNs < 0 || maximumNs < minimumNs) {
      throw new IllegalArgumentException("delay from " + minimumNs + " to " + maximumNs);
    }
    this.minimumNs = minimumNs;
    this.maximumNs = maximumNs;
  }

  /**
   * A packet came.
   *
   * @param delayNs how much later than the quickest
   * @param isReordered whether a later one came before it
   */
  void onPacket(long delayNs, boolean isReordered, long nowNs) {
    if (!isReordered) {
      addLate(delayNs, nowNs);
    }
    reordered.add(isReordered ? bucket(delayNs) + 1 : 0);
    long lateNs = late.isEmpty() ? START_NS : (late.quantile(QUANTILE) + 1) * BUCKET_NS;
    networkNs = Math.max(lateNs, worthwhileNs(lateNs));
  }

  private void addLate(long delayNs, long nowNs) {
    if (!hasInterval) {
      hasInterval = true;
      intervalStartNs = nowNs;
      latestInIntervalNs = delayNs;
    } else if (nowNs - intervalStartNs > INTERVAL_NS) {
      late.add(bucket(latestInIntervalNs));
      intervalStartNs = nowNs;
      latestInIntervalNs = delayNs;
    } else {
      latestInIntervalNs = Math.max(latestInIntervalNs, delayNs);
    }
  }

  /** The delay whose cost, with the loss of packets reordered by more, is least. */
  private long worthwhileNs(long baseNs) {
    double loss = 1;
    double leastCost = Double.MAX_VALUE;
    long bestNs = 0;
    for (int i = 0; i < reordered.buckets(); i++) {
      loss -= reordered.probability(i);
      long delayNs = i * BUCKET_NS;
      double cost = Math.max(0, delayNs - baseNs) + 100 * NS_PER_LOSS_PERCENT * Math.max(0, loss);
      if (cost < leastCost) {
        leastCost = cost;
        bestNs = delayNs;
      }
    }
    return bestNs;
  }

  /** What the network alone asks for. */
  long networkNs() {
    return Math.min(networkNs, mostNs);
  }

  long targetNs() {
    return Math.min(Math.min(Math.max(networkNs, minimumNs), maximumNs), mostNs);
  }

  private static int bucket(long delayNs) {
    return (int) Math.min(Math.max(0, delayNs) / BUCKET_NS, BUCKETS - 1);
  }
}
