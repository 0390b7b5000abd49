package org.purertc.internal.sctp.tx;

/** One chunk at a time tells the round trip, RFC 9260 section 6.3.1 C4 and C5. */
final class RoundTripMeasurement {
  private static final long NONE = -1;

  private final RetransmissionTimeout rto;
  private long tsn = NONE;
  private long sentNs;

  RoundTripMeasurement(RetransmissionTimeout rto) {
    this.rto = rto;
  }

  /** A new chunk goes out; it is measured if no other is. */
  void onSent(long sentTsn, long nowNs) {
    if (tsn == NONE) {
      tsn = sentTsn;
      sentNs = nowNs;
    }
  }

  /** A SACK came. */
  void onAcknowledged(OutstandingData outstanding, long nowNs) {
    if (tsn != NONE && (tsn <= outstanding.cumulativeTsnAck() || outstanding.isAcked(tsn))) {
      rto.onMeasured(nowNs - sentNs);
      tsn = NONE;
    }
  }

  /** Karn: a chunk that is sent again tells nothing. */
  void onLost(long lostTsn) {
    if (tsn == lostTsn) {
      tsn = NONE;
    }
  }

  /** The path of what was sent is not there any more. */
  void forget() {
    tsn = NONE;
  }
}
