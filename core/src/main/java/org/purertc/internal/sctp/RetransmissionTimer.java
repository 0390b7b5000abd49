package org.purertc.internal.sctp;

import org.purertc.internal.sctp.tx.RetransmissionTimeout;
import org.purertc.internal.util.Timer;

/** A timer that doubles whenever it expires, and counts: T1 and T2 of RFC 9260. */
final class RetransmissionTimer {
  private final Timer timer = new Timer();
  private final int maxRetransmits;
  private int expirations;
  private long intervalNs;

  RetransmissionTimer(int maxRetransmits) {
    this.maxRetransmits = maxRetransmits;
  }

  void start(long nowNs, long rtoNs) {
    intervalNs = rtoNs;
    expirations = 0;
    timer.start(nowNs, intervalNs);
  }

  void stop() {
    timer.stop();
  }

  /** Whether it expired; then it runs again, twice as long, unless it {@link #isExhausted}. */
  boolean expire(long nowNs) {
    if (!timer.expire(nowNs)) {
      return false;
    }
    expirations++;
    intervalNs = Math.min(2 * intervalNs, RetransmissionTimeout.MAX_NS);
    if (!isExhausted()) {
      timer.start(nowNs, intervalNs);
    }
    return true;
  }

  boolean isExhausted() {
    return expirations > maxRetransmits;
  }

  /** Karn: an answer tells the round trip only when nothing was sent again. */
  boolean isFirstTransmission() {
    return expirations == 0;
  }

  long deadlineNs() {
    return timer.deadlineNs();
  }

  void postpone(long durationNs) {
    timer.postpone(durationNs);
  }
}
