package org.purertc.ice;

import org.purertc.ice.internal.TransactionId;

/** One Binding transaction that we began, RFC 8445 section 7.2.4. */
final class ConnectivityCheck {

  /** RFC 8489 section 6.2.1: Rc, how often a request is sent in all. */
  static final int MAX_SENDS = 7;

  /** RFC 8489 section 6.2.1: Rm, how many RTOs the last request waits. */
  private static final int LAST_WAIT = 16;

  /**
   * A nomination is on a pair that works: rather than to wait ever longer, it is begun again while
   * consent lasts.
   */
  private static final int MAX_NOMINATION_SENDS = 3;

  private static final int LAST_NOMINATION_WAIT = 4;

  /** Why the check was sent. */
  enum Kind {
    ORDINARY,
    TRIGGERED,
    NOMINATION,
    CONSENT
  }

  final TransactionId id;
  final CheckPair pair;
  final Kind kind;
  final IceRole role;
  final long priority;
  private final byte[] message;
  private final long rtoNs;
  private final long endNs;
  private int maxSends;
  private int sends = 1;
  private long sentNs;
  private boolean cancelled;

  /** RFC 8489 section 6.2.2: what was given to a stream is not sent again while that is open. */
  private boolean delivered;

  ConnectivityCheck(
      TransactionId id, CheckPair pair, Kind kind, IceRole role, byte[] message, Times times) {
    this.id = id;
    this.pair = pair;
    this.kind = kind;
    this.role = role;
    this.priority = CandidatePriority.peerReflexive(pair.local.candidate());
    this.message = message;
    rtoNs = times.rtoNs();
    sentNs = times.nowNs();
    // RFC 7675 section 5.1: each consent check is a new transaction, not a retransmission.
    maxSends =
        switch (kind) {
          case CONSENT -> 1;
          case NOMINATION -> MAX_NOMINATION_SENDS;
          case ORDINARY, TRIGGERED -> MAX_SENDS;
        };
    int lastWait = kind == Kind.NOMINATION ? LAST_NOMINATION_WAIT : LAST_WAIT;
    endNs = sentNs + ((1 << maxSends - 1) - 1 + lastWait) * rtoNs;
    delivered = pair.local.candidate().isTcp();
  }

  /** When the check was sent first, and its first retransmission time-out. */
  record Times(long nowNs, long rtoNs) {}

  byte[] message() {
    return message;
  }

  /** RFC 8445 section 7.3.1.4: no longer retransmitted, but a late answer still counts. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  long nextDeadlineNs() {
    boolean resends = !cancelled && !delivered && sends < maxSends;
    return resends ? sentNs + (rtoNs << sends - 1) : endNs;
  }

  boolean isOver(long nowNs) {
    return nowNs >= endNs;
  }

  boolean wasSentAfter(long timeNs) {
    return sentNs > timeNs;
  }

  /** Sent no more, and without an answer it fails as late as if it were. */
  void stopResending() {
    maxSends = sends;
  }

  /** Counts one more transmission. */
  void resend(long nowNs) {
    sends++;
    sentNs = nowNs;
    delivered = pair.local.candidate().isTcp();
  }

  /** Sent again as if it were a datagram that got lost: a server may have had too much to do. */
  void onConnectionLost() {
    delivered = false;
  }

  /** The round trip, or -1 when retransmissions make it ambiguous. */
  long roundTripNs(long nowNs) {
    return sends == 1 ? nowNs - sentNs : -1;
  }
}
