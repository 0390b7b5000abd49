package org.purertc.internal.rtp;

import org.purertc.internal.util.Timer;

/** When to ask for a key frame: at once, and again until it has come, but not too often. */
final class KeyFrameRequests {
  /** A key frame is large: asking for the next before this one can be here makes things worse. */
  private static final long MIN_INTERVAL_NS = 200_000_000L;

  private boolean isWanted;
  private long notBeforeNs = Long.MIN_VALUE;
  private long roundTripNs;

  void setRoundTrip(long roundTripNs) {
    this.roundTripNs = roundTripNs;
  }

  void request() {
    isWanted = true;
  }

  /** One has come. */
  void satisfy() {
    isWanted = false;
  }

  long nextDeadlineNs() {
    return isWanted ? notBeforeNs : Timer.NEVER;
  }

  /** Whether a request is due; the next one is then an interval away. */
  boolean takeDue(long nowNs) {
    if (!isWanted || nowNs < notBeforeNs) {
      return false;
    }
    notBeforeNs = nowNs + Math.max(MIN_INTERVAL_NS, roundTripNs * 3 / 2);
    return true;
  }
}
