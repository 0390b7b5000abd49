package org.purertc.ice.turn;

import java.net.InetSocketAddress;

/** A channel to one peer, RFC 8656 section 12. */
final class TurnChannel {

  private static final long SECOND_NS = 1_000_000_000L;

  /** RFC 8656 section 12: ten minutes. */
  static final long LIFETIME_NS = 600 * SECOND_NS;

  static final long MARGIN_NS = 60 * SECOND_NS;

  /** RFC 8656 section 12. */
  static final int FIRST_NUMBER = 0x4000;

  static final int LAST_NUMBER = 0x4FFF;

  static final int HEADER_BYTES = 4;

  final int number;
  final InetSocketAddress peer;
  boolean bound;
  long lastUsedNs;

  /** When it is renewed; meaningful when it is bound. */
  long dueNs;

  TurnChannel(int number, InetSocketAddress peer) {
    this.number = number;
    this.peer = peer;
  }

  void bound(long nowNs) {
    bound = true;
    dueNs = nowNs + LIFETIME_NS - MARGIN_NS;
  }

  boolean isUsed(long nowNs) {
    return nowNs - lastUsedNs < LIFETIME_NS;
  }
}
