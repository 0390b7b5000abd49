package org.purertc.ice.turn;

import org.purertc.ice.internal.ServerRequest;
import org.purertc.ice.internal.TransactionId;

/** One request and its retransmissions, RFC 8489 section 6.2. */
final class ServerTransaction {

  private static final long MS = 1_000_000;

  /** RFC 8489 section 6.2.1: RTO, Rc, and how many RTOs the last request waits (Rm). */
  static final long RTO_NS = 500 * MS;

  static final int MAX_SENDS = 7;
  private static final int LAST_WAIT = 16;

  /** RFC 8489 section 6.2.2: Ti, over a reliable transport. */
  static final long RELIABLE_TIMEOUT_NS = 39_500 * MS;

  final ServerRequest request;
  final TransactionId id;
  final StunClient.Outcome outcome;
  final int renewals;
  final boolean signed;
  private final byte[] message;
  private final boolean reliable;
  private int sends = 1;
  private long deadlineNs;

  ServerTransaction(
      Question question, TransactionId id, byte[] message, boolean reliable, long nowNs) {
    request = question.request();
    outcome = question.outcome();
    renewals = question.renewals();
    signed = question.signed();
    this.id = id;
    this.message = message;
    this.reliable = reliable;
    deadlineNs = nowNs + (reliable ? RELIABLE_TIMEOUT_NS : RTO_NS);
  }

  /**
   * What a transaction is for.
   *
   * @param renewals how often it was asked before with an older nonce
   */
  record Question(
      ServerRequest request, StunClient.Outcome outcome, int renewals, boolean signed) {}

  byte[] message() {
    return message;
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  boolean isOver() {
    return reliable || sends == MAX_SENDS;
  }

  /** Counts one more transmission. */
  void resend(long nowNs) {
    sends++;
    deadlineNs = nowNs + (sends == MAX_SENDS ? LAST_WAIT * RTO_NS : RTO_NS << (sends - 1));
  }
}
