package org.purertc.internal.rtp.cc;

/**
 * How long packets wait in queues: their delay above the least of the last 10 to 20 s. The clocks
 * of both sides do not agree, only differences mean something.
 */
final class QueueDelay {
  private static final long WINDOW_NS = 10_000_000_000L;

  private long least = Long.MAX_VALUE;
  private long leastBefore = Long.MAX_VALUE;
  private boolean started;
  private long windowStartNs;
  private long latestNs;

  void add(PacketResults results, long nowNs) {
    if (results.arrived() == 0) {
      return;
    }
    if (!started || nowNs - windowStartNs >= WINDOW_NS) {
      started = true;
      leastBefore = least;
      least = Long.MAX_VALUE;
      windowStartNs = nowNs;
    }
    long leastNow = Long.MAX_VALUE;
    for (int i = 0; i < results.arrived(); i++) {
      leastNow = Math.min(leastNow, results.arrivalNs(i) - results.sentNs(i));
    }
    least = Math.min(least, leastNow);
    latestNs = leastNow - Math.min(least, leastBefore);
  }

  /** Of the packet that waited least in the last feedback. */
  long latestNs() {
    return latestNs;
  }
}
