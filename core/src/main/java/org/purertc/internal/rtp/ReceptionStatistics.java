package org.purertc.internal.rtp;

import org.purertc.internal.rtp.rtcp.ReportBlock;

/** Loss and jitter of one received source, RFC 3550 appendices A.3 and A.8. */
final class ReceptionStatistics {
  private static final int MAX_LOST = 0x7f_ffff;
  private static final int MIN_LOST = -0x80_0000;

  private final SequenceTracker sequences;

  private long received;
  private long lostBeforeRestart;
  private long expectedAtReport;
  private long receivedAtReport;
  private boolean heardSinceReport;

  /** In 16ths of a timestamp unit. */
  private long jitter16;

  private long lastArrivalNs;
  private long lastTimestamp;
  private int clockRate;

  ReceptionStatistics(SequenceTracker sequences) {
    this.sequences = sequences;
  }

  /** Before the tracker forgets where it was. */
  void onRestart(long lost) {
    lostBeforeRestart += lost;
    received = 0;
    expectedAtReport = 0;
    receivedAtReport = 0;
    clockRate = 0;
  }

  /** RFC 3550 appendix A.3: duplicates and late packets count as received, too. */
  void onPacket() {
    received++;
    heardSinceReport = true;
  }

  /**
   * A packet in order. The first one of each timestamp counts, as in browsers: a sender spreads the
   * packets of a frame over time, which is no jitter of the network.
   */
  void onArrival(long timestamp, int rate, long nowNs) {
    if (rate == clockRate && timestamp == lastTimestamp) {
      return;
    }
    if (rate == clockRate) {
      long passed = (nowNs - lastArrivalNs) / 1_000 * rate / 1_000_000;
      long d = Math.abs(passed - (timestamp - lastTimestamp));
      jitter16 += d - (jitter16 + 8 >> 4);
    } else {
      jitter16 = 0; // RFC 7160 section 4.1: differences across two clocks mean nothing
    }
    lastArrivalNs = nowNs;
    lastTimestamp = timestamp;
    clockRate = rate;
  }

  private long expected() {
    return sequences.isStarted() ? sequences.highest() - sequences.first() + 1 : 0;
  }

  /** Since the stream began; negative when there were more duplicates than losses. */
  long lost() {
    return lostBeforeRestart + expected() - received;
  }

  double jitterSeconds() {
    return clockRate == 0 ? 0 : (jitter16 >> 4) / (double) clockRate;
  }

  boolean isHeardSinceReport() {
    return heardSinceReport;
  }

  /** The report on this source, which begins the next interval. */
  ReportBlock report(long ssrc, long lastSenderReport, long delay) {
    long expected = expected();
    long expectedInterval = expected - expectedAtReport;
    long lostInterval = expectedInterval - (received - receivedAtReport);
    int fraction =
        expectedInterval <= 0 || lostInterval <= 0
            ? 0
            : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    expectedAtReport = expected;
    receivedAtReport = received;
    heardSinceReport = false;
    return new ReportBlock(
        ssrc,
        fraction,
        (int) Math.max(MIN_LOST, Math.min(MAX_LOST, lost())),
        sequences.extendedHighest(),
        Math.min(jitter16 >> 4, 0xffff_ffffL),
        lastSenderReport,
        delay);
  }
}
