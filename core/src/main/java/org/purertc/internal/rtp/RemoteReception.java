package org.purertc.internal.rtp;

import org.purertc.internal.rtp.rtcp.ReportBlock;

/** How the remote receives a stream of ours, by its report blocks. */
final class RemoteReception {
  /** Longer ones are the product of a wrong report. */
  private static final long MAX_ROUND_TRIP_NS = 30_000_000_000L;

  /** In units of 1/65536 s: one second. */
  private static final int MAX_CLOCK_ERROR = 1 << 16;

  private final NtpClock clock;
  private long roundTripNs = -1;
  private long totalRoundTripNs;
  private int roundTrips;
  private int fractionLost;
  private int cumulativeLost;
  private long jitter;
  private long expected;
  private long reports;
  private long lastReportNs;

  RemoteReception(NtpClock clock) {
    this.clock = clock;
  }

  /** The sequence numbers that were used, unwrapped: from the first to the one before the next. */
  record Sent(long first, long next) {
    /**
     * How many up to the one that a report names. A receiver counts the cycles since it joined,
     * which may be later, so that only the number itself tells.
     */
    long upTo(long extendedHighest) {
      long behind = next - 1 - extendedHighest & 0xffff;
      return Math.max(0, next - behind - first);
    }
  }

  /**
   * @return whether it told the round trip
   */
  boolean onReport(ReportBlock block, Sent sent, long nowNs) {
    expected = sent.upTo(block.extendedHighestSequence());
    fractionLost = block.fractionLost();
    cumulativeLost = block.cumulativeLost();
    jitter = block.jitter();
    reports++;
    lastReportNs = nowNs;
    return block.lastSenderReport() != 0 && measureRoundTrip(block, nowNs);
  }

  /** RFC 3550 section 6.4.1: arrival less LSR less DLSR. */
  private boolean measureRoundTrip(ReportBlock block, long nowNs) {
    long arrival = NtpClock.middle(clock.at(nowNs));
    int units = (int) (arrival - block.lastSenderReport() - block.delaySinceLastSenderReport());
    // Clocks of different rates may bring it a little below zero on a short path.
    long measuredNs = NtpClock.middleToNs(Math.max(units, 1));
    if (units < -MAX_CLOCK_ERROR || measuredNs > MAX_ROUND_TRIP_NS) {
      return false;
    }
    roundTripNs = measuredNs;
    totalRoundTripNs += measuredNs;
    roundTrips++;
    return true;
  }

  /** -1 before the first measurement. */
  long roundTripNs() {
    return roundTripNs;
  }

  RemoteReceptionStatistics snapshot(int clockRate) {
    return new RemoteReceptionStatistics(
        reports,
        Math.max(0, expected - cumulativeLost),
        cumulativeLost,
        fractionLost / 256.0,
        (double) jitter / clockRate,
        roundTripNs,
        totalRoundTripNs,
        roundTrips,
        lastReportNs);
  }
}
