package org.purertc.internal.rtp;

import org.jspecify.annotations.Nullable;

/**
 * When what a received stream carries was captured: as abs-capture-time says, which servers pass
 * on, or as the sender's reports do.
 */
public final class CaptureClock {
  /** No report has told yet. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final SenderClock reports;
  private @Nullable RemoteClock remote;
  private String cname = "";
  private long captureNtp;
  private long captureTimestamp;

  CaptureClock(SenderClock reports) {
    this.reports = reports;
  }

  void restart() {
    captureNtp = 0;
  }

  /** Of the sender; empty before it is known. */
  public String cname() {
    return cname;
  }

  void setCname(String name) {
    cname = name;
  }

  /** A report has come: that clock is the sender's. */
  void onReport(RemoteClock clock, long ntp, long nowNs) {
    clock.onReport(ntp, nowNs);
    remote = clock;
  }

  /**
   * A packet said when it was captured; those behind it count on from there.
   *
   * @param ntp on the sender's clock
   * @param timestamp unwrapped
   */
  public void onCaptureTime(long ntp, long timestamp) {
    captureNtp = ntp;
    captureTimestamp = timestamp;
  }

  /**
   * The {@code nowNs} at which it was captured, as well as it can be told; {@link #UNKNOWN} before
   * the sender's first report.
   *
   * @param timestamp unwrapped
   */
  public long nowNsAt(long timestamp, int clockRate) {
    RemoteClock clock = remote;
    if (clock == null || clockRate == 0) {
      return UNKNOWN;
    }
    if (captureNtp != 0) {
      long ticks = timestamp - captureTimestamp;
      return clock.nowNsAt(captureNtp) + ticks * 1_000_000L / clockRate * 1_000L;
    }
    return reports.isKnown() ? clock.nowNsAt(reports.ntpAt(timestamp, clockRate)) : UNKNOWN;
  }
}
