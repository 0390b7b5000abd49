package org.purertc.internal.rtp;

/**
 * How much may be sent again: each byte that is sent allows one byte of retransmission, and what is
 * saved is never more than what could be asked for. So a remote that asks for everything, again and
 * again, at most doubles what it gets.
 */
final class RetransmissionBudget {
  /** For a key frame that is lost more than once while nothing else is sent. */
  static final long LEAST_SAVED_BYTES = 64 << 10;

  private long bytes = LEAST_SAVED_BYTES;

  /**
   * Media was sent.
   *
   * @param retained in the history, from which retransmissions are made
   */
  void onSent(int sent, long retained) {
    bytes = Math.min(bytes + sent, Math.max(retained, LEAST_SAVED_BYTES));
  }

  /** Whether so much may be sent again now; it is then spent. */
  boolean take(int wanted) {
    if (wanted > bytes) {
      return false;
    }
    bytes -= wanted;
    return true;
  }
}
