package org.purertc.ice;

import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.ConnectivityCheck.Kind;
import org.purertc.ice.internal.BindingRequest;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.internal.TransactionId;
import org.purertc.ice.io.Loop;

/** Our checks that wait for an answer: the STUN client of an agent, RFC 8445 section 7.2. */
final class ConnectivityChecks {

  /** RFC 8445 section 14.3: the least RTO of a check. */
  static final long RTO_MIN_NS = 500_000_000;

  /** Two for each pair of a full check list, and some consent checks. */
  private static final int MAX_CHECKS = 2 * CheckList.MAX_PAIRS + 16;

  private final IceSession session;
  private final ShortTermCredentials credentials;
  private final CheckList list;
  private final List<ConnectivityCheck> checks = new ArrayList<>(2);

  ConnectivityChecks(IceSession session, ShortTermCredentials credentials, CheckList list) {
    this.session = session;
    this.credentials = credentials;
    this.list = list;
  }

  /** Sends a new check; nothing happens before the remote credentials are known. */
  void send(CheckPair pair, Kind kind, long rtoNs, long nowNs) {
    IceCredentials remote = credentials.remote();
    var key = credentials.remoteKey();
    if (remote == null || key == null) {
      return;
    }
    TransactionId id = TransactionId.random(session.random);
    // Consent checks repeat a nomination, as libwebrtc's do: a side that took it while it still
    // believed to control has dropped it (ice4j does).
    boolean nominates = kind == Kind.NOMINATION || kind == Kind.CONSENT && pair.nominatedByUs;
    BindingRequest request =
        new BindingRequest(
            id,
            remote.ufrag() + ":" + credentials.local.ufrag(),
            CandidatePriority.peerReflexive(pair.local.candidate()),
            session.isControlling(),
            session.tieBreaker(),
            nominates,
            nominates ? pair.ownNominationValue : 0);
    byte[] message = session.codec.encode(request, key);
    if (checks.size() == MAX_CHECKS) {
      checks.remove(0);
    }
    pair.unanswered++;
    var times = new ConnectivityCheck.Times(nowNs, rtoNs);
    checks.add(new ConnectivityCheck(id, pair, kind, session.role(), message, times));
    session.outbox.add(message, pair.local.path(), pair.remote().address());
  }

  /** The check that this response answers; null when there is none or it is not authentic. */
  @Nullable ConnectivityCheck authenticate(StunMessage response) {
    ConnectivityCheck check = find(response.id());
    Key key = credentials.remoteKey();
    // RFC 8489 section 9.1.4: without a right MESSAGE-INTEGRITY it is as if it never came.
    boolean authentic =
        check != null
            && key != null
            && session.codec.isAuthentic(response, key)
            && response.unknownRequired().length == 0;
    return authentic ? check : null;
  }

  private @Nullable ConnectivityCheck find(TransactionId id) {
    for (ConnectivityCheck check : checks) {
      if (check.id.equals(id)) {
        return check;
      }
    }
    return null;
  }

  void remove(ConnectivityCheck check) {
    checks.remove(check);
  }

  /** The pair is valid: its other checks have nothing more to tell, except a nomination. */
  void removeAnswered(CheckPair pair) {
    checks.removeIf(c -> c.pair == pair && c.kind != Kind.NOMINATION && c.kind != Kind.CONSENT);
  }

  void removeAll(CheckPair pair) {
    checks.removeIf(check -> check.pair == pair);
  }

  /** Whether a check of the remote side made us send one on this pair just now. */
  boolean isFreshlyTriggered(CheckPair pair, long nowNs) {
    for (ConnectivityCheck check : checks) {
      if (check.pair == pair
          && check.kind == Kind.TRIGGERED
          && check.wasSentAfter(nowNs - RTO_MIN_NS)) {
        return true;
      }
    }
    return false;
  }

  /** Stops retransmissions on a pair; late answers still count. */
  void cancel(CheckPair pair) {
    for (ConnectivityCheck check : checks) {
      if (check.pair == pair) {
        check.cancel();
      }
    }
  }

  /**
   * Retransmits what is due.
   *
   * @return the next check that was never answered, removed; call again until null
   */
  @Nullable ConnectivityCheck onDeadline(long nowNs) {
    for (int i = 0; i < checks.size(); i++) {
      ConnectivityCheck check = checks.get(i);
      if (check.isOver(nowNs)) {
        checks.remove(i);
        return check;
      }
      if (nowNs >= check.nextDeadlineNs()) {
        resend(check, nowNs);
      }
    }
    return null;
  }

  void onConnectionLost(CheckPair pair) {
    for (ConnectivityCheck check : checks) {
      if (check.pair == pair) {
        check.onConnectionLost();
      }
    }
  }

  private void resend(ConnectivityCheck check, long nowNs) {
    CheckPair pair = check.pair;
    if (list.mayCheck(pair)) {
      check.resend(nowNs);
      pair.unanswered++;
      session.outbox.add(check.message(), pair.local.path(), pair.remote().address());
    } else {
      check.stopResending();
    }
  }

  long nextDeadlineNs() {
    long next = Loop.NEVER;
    for (int i = 0; i < checks.size(); i++) {
      next = Math.min(next, checks.get(i).nextDeadlineNs());
    }
    return next;
  }

  void clear() {
    checks.clear();
  }
}
