package org.purertc.ice.turn;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The permission for one peer address, RFC 8656 section 9, and what waits for it. */
final class TurnPermission {

  private static final long SECOND_NS = 1_000_000_000L;

  /** RFC 8656 section 9: 300 seconds. */
  static final long LIFETIME_NS = 300 * SECOND_NS;

  /** So long before the end it is renewed: enough for every retransmission of the request. */
  static final long MARGIN_NS = 60 * SECOND_NS;

  /** How long a refusal is believed. */
  private static final long REFUSED_NS = 60 * SECOND_NS;

  /** The checks of a peer's first moments; the rest is repeated anyway. */
  static final int MAX_HELD = 4;

  /** Where the server stands with it. */
  enum State {
    ASKED,
    INSTALLED,
    REFUSED
  }

  record Held(InetSocketAddress peer, byte[] bytes) {}

  State state = State.ASKED;
  long lastUsedNs;

  /** When it is renewed, or a refusal is forgotten; meaningful unless it is asked for. */
  long dueNs;

  private @Nullable ArrayDeque<Held> held;

  void hold(InetSocketAddress peer, byte[] buffer, int offset, int length) {
    ArrayDeque<Held> waiting = held;
    if (waiting == null) {
      waiting = new ArrayDeque<>(MAX_HELD);
      held = waiting;
    }
    if (waiting.size() < MAX_HELD) {
      waiting.add(new Held(peer, Arrays.copyOfRange(buffer, offset, offset + length)));
    }
  }

  /** Returns what waited. */
  Iterable<Held> installed(long nowNs) {
    state = State.INSTALLED;
    dueNs = nowNs + LIFETIME_NS - MARGIN_NS;
    ArrayDeque<Held> waiting = held;
    held = null;
    return waiting == null ? new ArrayDeque<>(0) : waiting;
  }

  void refused(long nowNs) {
    state = State.REFUSED;
    dueNs = nowNs + REFUSED_NS;
    held = null;
  }

  /** Whether something was sent there since the permission would have ended without renewal. */
  boolean isUsed(long nowNs) {
    return nowNs - lastUsedNs < LIFETIME_NS;
  }
}
