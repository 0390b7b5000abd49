package org.purertc.internal.rtp;

import org.purertc.internal.rtp.rtcp.SenderReport;

/** The remote's sender reports on one stream: what its timestamps are on the remote's clock. */
public final class SenderClock {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The field holds 18 hours. */
  private static final long MAX_DELAY = 0xffff_ffffL;

  private long reports;
  private long ntp;
  private long rtpTimestamp;
  private long packets;
  private long octets;
  private long arrivalNs;
  private long roundTripNs = -1;
  private long totalRoundTripNs;
  private long roundTrips;

  void onReport(SenderReport report, long nowNs) {
    reports++;
    ntp = report.ntpTimestamp();
    rtpTimestamp = report.rtpTimestamp();
    packets = report.packets();
    octets = report.octets();
    arrivalNs = nowNs;
  }

  void onRoundTrip(long measuredNs) {
    roundTripNs = measuredNs;
    totalRoundTripNs += measuredNs;
    roundTrips++;
  }

  void reset() {
    reports = 0;
  }

  /** Whether there was a report. */
  public boolean isKnown() {
    return reports > 0;
  }

  /**
   * When a timestamp was sampled, as a 64-bit NTP timestamp of the remote; {@link #isKnown} must
   * hold. Streams of one remote are synchronized by it.
   *
   * @param timestamp wrapped or unwrapped, within 2^31 units of the newest report
   */
  public long ntpAt(long timestamp, int clockRate) {
    long units = (int) (timestamp - rtpTimestamp);
    long seconds = Math.floorDiv(units, (long) clockRate);
    long rest = Math.floorMod(units, (long) clockRate);
    return ntp + (seconds << 32) + (rest << 32) / clockRate;
  }

  /** LSR, RFC 3550 section 6.4.1. */
  long lastReport() {
    return isKnown() ? NtpClock.middle(ntp) : 0;
  }

  /** DLSR, RFC 3550 section 6.4.1. */
  long delaySinceLastReport(long nowNs) {
    long seconds = (nowNs - arrivalNs) / NANOS_PER_SECOND;
    if (!isKnown()) {
      return 0;
    }
    return seconds > 0xffff ? MAX_DELAY : NtpClock.nsToMiddle(nowNs - arrivalNs);
  }

  /** In the terms of W3C's RTCRemoteOutboundRtpStreamStats. */
  public RemoteSendStatistics statistics() {
    return new RemoteSendStatistics(
        reports, packets, octets, ntp, arrivalNs, roundTripNs, totalRoundTripNs, roundTrips);
  }
}
