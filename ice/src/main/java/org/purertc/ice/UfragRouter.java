package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells for each datagram of a shared port whose it is: requests by the ufrag that they name,
 * responses by their transaction, all else by the address that was validated. The loop that reads
 * the port looks up, the loops of the sessions enter what they have, so the tables are concurrent.
 *
 * <p>An address belongs to one session at a time, as data says of itself nothing but its address.
 * Whoever authenticates there gets it, unless its present session had an answer of its own from
 * there within {@link #HOLD_NS}: then that one still talks to somebody, and the other is refused.
 */
final class UfragRouter {

  /**
   * Longer than the longest interval of consent checks (RFC 7675 section 5.1: 6 s), each of which
   * is answered: a remote side that was silent for so long is gone, and its address is free.
   */
  static final long HOLD_NS = 7_000_000_000L;

  /** Whose an address is; changed by the loop of its session alone. */
  private static final class Claim {
    private final RoutedSession holder;
    private volatile long lastAnswerNs;
    private volatile boolean answered;

    Claim(RoutedSession holder) {
      this.holder = holder;
    }

    /** An answer shows that the remote side is there; a request may come from a forged address. */
    void renew(boolean byAnswer, long nowNs) {
      if (byAnswer) {
        lastAnswerNs = nowNs;
        answered = true;
      }
    }

    boolean isHeldAgainst(RoutedSession other, long nowNs) {
      return holder != other && answered && nowNs - lastAnswerNs < HOLD_NS;
    }
  }

  private final Map<String, RoutedSession> byUfrag = new ConcurrentHashMap<>();
  private final Map<Long, RoutedSession> byTransaction = new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, Claim> byAddress = new ConcurrentHashMap<>();

  /** The session that the datagram goes to, which will look at it more closely; null: nobody's. */
  @Nullable RoutedSession find(byte[] buffer, int offset, int length, InetSocketAddress from) {
    if (!StunHeader.isFirstByteOfStun(buffer, offset, length)) {
      return length == 0 ? null : holder(from);
    }
    if (!StunHeader.isStun(buffer, offset, length)) {
      return null;
    }
    if (StunHeader.isResponse(buffer, offset)) {
      return byTransaction.remove(StunHeader.transaction(buffer, offset));
    }
    if (!StunHeader.isRequest(buffer, offset)) {
      return holder(from);
    }
    String ufrag = StunHeader.requestedUfrag(buffer, offset, length);
    return ufrag == null ? null : byUfrag.get(ufrag);
  }

  private @Nullable RoutedSession holder(InetSocketAddress from) {
    Claim claim = byAddress.get(from);
    return claim == null ? null : claim.holder;
  }

  void register(String ufrag, RoutedSession session) {
    if (byUfrag.putIfAbsent(ufrag, session) != null) {
      throw new IllegalStateException("the ufrag " + ufrag + " has a session already");
    }
  }

  void unregister(String ufrag, RoutedSession session) {
    byUfrag.remove(ufrag, session);
  }

  /** Returns false when the transaction is known: its request is sent again. */
  boolean asked(long transaction, RoutedSession session) {
    return byTransaction.putIfAbsent(transaction, session) == null;
  }

  boolean isUnanswered(long transaction, RoutedSession session) {
    return byTransaction.get(transaction) == session;
  }

  void forget(long transaction, RoutedSession session) {
    byTransaction.remove(transaction, session);
  }

  /** Whether no other session talks to this address. */
  boolean isFree(InetSocketAddress address, RoutedSession session, long nowNs) {
    Claim claim = byAddress.get(address);
    return claim == null || !claim.isHeldAgainst(session, nowNs);
  }

  /**
   * An authentic message came from this address: what else comes from there is the session's.
   *
   * @return whether the address is new to the session
   */
  boolean claim(InetSocketAddress address, RoutedSession session, boolean byAnswer, long nowNs) {
    Claim known = byAddress.get(address);
    if (known != null && known.holder == session) {
      known.renew(byAnswer, nowNs);
      return false;
    }
    Claim fresh = new Claim(session);
    fresh.renew(byAnswer, nowNs);
    return fresh
        == byAddress.compute(
            address,
            (key, present) ->
                present != null && present.isHeldAgainst(session, nowNs) ? present : fresh);
  }

  void release(InetSocketAddress address, RoutedSession session) {
    byAddress.computeIfPresent(
        address, (key, present) -> present.holder == session ? null : present);
  }

  /** How much is known of all sessions; 0 when none is left. */
  int entries() {
    return byUfrag.size() + byTransaction.size() + byAddress.size();
  }
}
