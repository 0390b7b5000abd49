package org.purertc.internal.rtp;

/**
 * What the clock behind the remote's sender reports shows on ours: as the quickest reports of late
 * say, so that waiting on the way counts as little as it can. Clocks may drift.
 */
final class RemoteClock {
  private static final long SECOND_NS = 1_000_000_000L;

  /** The quickest report is looked for in this window and in the one before. */
  private static final long WINDOW_NS = 30 * SECOND_NS;

  /** A report further off tells that a clock was set. */
  private static final long RESTART_NS = 2 * SECOND_NS;

  private boolean isKnown;
  private long base;
  private long windowStartNs;
  private long quickestNs;
  private long quickestBeforeNs;

  /**
   * @param ntp the clock, when the report was sent
   * @param nowNs when it came
   */
  void onReport(long ntp, long nowNs) {
    if (!isKnown) {
      base = ntp;
    }
    long offsetNs = nowNs - NtpClock.betweenNs(base, ntp);
    if (!isKnown || Math.abs(offsetNs - offsetNs()) > RESTART_NS) {
      isKnown = true;
      windowStartNs = nowNs;
      quickestNs = offsetNs;
      quickestBeforeNs = offsetNs;
    } else if (nowNs - windowStartNs > WINDOW_NS) {
      windowStartNs = nowNs;
      quickestBeforeNs = quickestNs;
      quickestNs = offsetNs;
    } else {
      quickestNs = Math.min(quickestNs, offsetNs);
    }
  }

  private long offsetNs() {
    return Math.min(quickestNs, quickestBeforeNs);
  }

  /** The {@code nowNs} at which it showed that; there must have been a report. */
  long nowNsAt(long ntp) {
    return offsetNs() + NtpClock.betweenNs(base, ntp);
  }
}
