package org.purertc.samples.relay;

/**
 * What a link does to the datagrams of one direction.
 *
 * @param delayNs how long each datagram is on its way at least
 * @param jitterNs the largest delay on top of it; each datagram gets a uniform share
 * @param loss the share that is lost, 0 to 1
 * @param reorder the share that is held back so that later ones overtake it, 0 to 1; with 0 the
 *     order is kept, whatever the jitter
 * @param duplicate the share that arrives twice, 0 to 1
 * @param bottleneck the slowest hop
 */
record Impairment(
    long delayNs,
    long jitterNs,
    double loss,
    double reorder,
    double duplicate,
    Bottleneck bottleneck) {
  static final Impairment NONE = new Impairment(0, 0, 0, 0, 0, Bottleneck.NONE);

  /** The least time by which a reordered datagram is late. */
  private static final long LEAST_HOLD_BACK_NS = 1_000_000;

  Impairment {
    if (delayNs < 0 || jitterNs < 0) {
      throw new IllegalArgumentException("delay and jitter are 0 or more");
    }
    requireShare("loss", loss);
    requireShare("reorder", reorder);
    requireShare("duplicate", duplicate);
  }

  /** How much later a reordered datagram arrives than its order would want. */
  long holdBackNs() {
    return Math.max(LEAST_HOLD_BACK_NS, delayNs / 4 + jitterNs);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " is a share from 0 to 1, not " + share);
    }
  }

  /**
   * The slowest hop and the queue before it.
   *
   * @param bitsPerSecond its rate, counted in UDP payload; 0: no limit, and so no queue
   * @param queuePackets how many datagrams may wait, the one being sent included
   * @param queueBytes how many bytes may wait
   */
  record Bottleneck(long bitsPerSecond, int queuePackets, long queueBytes) {
    static final Bottleneck NONE = new Bottleneck(0, 1, Long.MAX_VALUE);

    Bottleneck {
      if (bitsPerSecond < 0) {
        throw new IllegalArgumentException("the rate is 0 (no limit) or more");
      }
      if (queuePackets < 1 || queuePackets > ImpairedLink.MAX_PACKETS || queueBytes < 1) {
        throw new IllegalArgumentException(
            "the queue holds 1 to " + ImpairedLink.MAX_PACKETS + " packets and at least a byte");
      }
    }

    /** How long the hop is busy with so many bytes. */
    long serialisationNs(int bytes) {
      return bitsPerSecond == 0 ? 0 : Math.round(bytes * 8e9 / bitsPerSecond);
    }
  }
}
