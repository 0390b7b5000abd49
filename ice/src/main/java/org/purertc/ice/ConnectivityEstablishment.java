package org.purertc.ice;

import java.net.InetSocketAddress;
import java.security.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CheckPair.State;
import org.purertc.ice.ConnectivityCheck.Kind;
import org.purertc.ice.EarlyChecks.EarlyCheck;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;

/** Finds valid pairs: forms pairs, paces checks, and reads their outcome, RFC 8445 section 7. */
final class ConnectivityEstablishment {

  /** RFC 8445 section 14.2: checks are never closer to each other than this. */
  private static final long TA_MIN_NS = 5_000_000;

  private final IceConfig config;
  private final IceSession session;
  private final Candidates candidates = new Candidates();
  private final CheckList list = new CheckList();
  private final ConnectivityChecks checks;
  private final Nomination nomination = new Nomination();
  private long nextOrdinaryNs;
  private long nextTriggeredNs;
  private int peerReflexive;
  private boolean started;

  ConnectivityEstablishment(IceConfig config, IceSession session) {
    this.config = config;
    this.session = session;
    checks = new ConnectivityChecks(session);
  }

  void addLocal(LocalCandidate added) {
    if (candidates.addLocal(added)) {
      for (IceCandidate remote : candidates.remote()) {
        form(added, remote);
      }
    }
  }

  void addRemote(IceCandidate added) {
    if (candidates.addRemote(added)) {
      adopt(added);
      for (LocalCandidate local : candidates.local()) {
        form(local, added);
      }
    }
  }

  /** The signalled form of a candidate that a check told us before, RFC 8838 section 11.4. */
  private void adopt(IceCandidate signalled) {
    for (CheckPair pair : list.pairs()) {
      if (pair.remote().address().equals(signalled.address())) {
        pair.setRemote(signalled);
      }
    }
    list.prioritize(session.role());
  }

  private void form(LocalCandidate local, IceCandidate remote) {
    // RFC 8445 section 6.1.2.4: same base and same remote candidate is redundant.
    if (Candidates.canPair(local.candidate().address(), remote.address())
        && list.find(local.path(), remote.address()) == null) {
      evict(list.add(new CheckPair(local, remote, session.role())));
    }
  }

  private void evict(@Nullable CheckPair pair) {
    if (pair != null) {
      checks.removeAll(pair);
      nomination.onFailure(pair);
    }
  }

  void onRoleChange() {
    nomination.onRoleChange();
    for (CheckPair pair : list.pairs()) {
      pair.nominating = false;
      pair.nominatedByUs = false;
    }
    list.prioritize(session.role());
  }

  /** An authentic check came and was answered, RFC 8445 sections 7.3.1.3 to 7.3.1.5. */
  void onRemoteCheck(EarlyCheck check, @Nullable CheckPair selected, long nowNs) {
    CheckPair pair = list.find(check.path(), check.from());
    if (pair == null) {
      pair = learn(check, selected);
      if (pair == null) {
        return;
      }
    }
    pair.remoteChecked = true;
    pair.requestsReceived++;
    boolean nominates = check.useCandidate() && !session.isControlling();
    if (pair.isValid()) {
      if (nominates && nomination.onRequest(pair, nowNs)) {
        conclude(pair);
      }
      return;
    }
    pair.nominateWhenValid |= nominates;
    if (pair.state == State.IN_PROGRESS) {
      if (checks.isFreshlyTriggered(pair, nowNs)) {
        return; // sent after the remote side opened its path: its answer is on the way
      }
      checks.cancel(pair);
    }
    pair.state = State.WAITING;
    list.trigger(pair);
  }

  private @Nullable CheckPair learn(EarlyCheck check, @Nullable CheckPair selected) {
    LocalCandidate local = candidates.on(check.path());
    if (local == null) {
      return null;
    }
    IceCandidate signalled = candidates.remoteAt(check.from());
    CheckPair pair;
    if (signalled != null) {
      pair = new CheckPair(local, signalled, session.role());
      evict(list.add(pair));
    } else {
      String foundation = "prflx" + ++peerReflexive;
      CandidateType type = CandidateType.PEER_REFLEXIVE;
      var remote = new IceCandidate(foundation, 1, check.priority(), check.from(), type, null);
      pair = new CheckPair(local, remote, session.role());
      evict(list.addPeerReflexive(pair, selected));
    }
    return list.find(check.path(), check.from()) == pair ? pair : null;
  }

  /** The check that this response answers; null when there is none or it is not authentic. */
  @Nullable ConnectivityCheck authenticate(StunMessage response) {
    ConnectivityCheck check = checks.find(response.id());
    Key key = session.remoteKey();
    // RFC 8489 section 9.1.4: without a right MESSAGE-INTEGRITY it is as if it never came.
    boolean authentic =
        check != null
            && key != null
            && session.codec.isAuthentic(response, key)
            && response.unknownRequired().length == 0;
    return authentic ? check : null;
  }

  /**
   * Reads an authentic response.
   *
   * @return whether it came from where the check went, and so gives consent
   */
  boolean onResponse(
      ConnectivityCheck check,
      StunMessage response,
      PathId path,
      InetSocketAddress from,
      long nowNs) {
    checks.remove(check);
    CheckPair pair = check.pair;
    pair.responsesReceived++;
    // RFC 8445 section 7.2.5.2.1: source and destination must be the request's, turned round.
    if (!pair.isOn(path, from)) {
      if (!pair.isValid()) {
        fail(pair);
      }
      return false;
    }
    pair.lastAnswerNs = nowNs;
    InetSocketAddress mapped = response.mappedAddress();
    if (response.kind() == StunMessage.Kind.ERROR) {
      onError(check, response.errorCode());
    } else if (mapped != null) {
      onSuccess(check, mapped, nowNs);
    }
    return true;
  }

  private void onError(ConnectivityCheck check, int code) {
    CheckPair pair = check.pair;
    if (code == StunError.ROLE_CONFLICT.code()) {
      // RFC 8445 section 7.2.5.1: switch unless we did already, and check again.
      if (check.role == session.role()) {
        session.switchRole();
        onRoleChange();
      }
      session.renewTieBreaker();
      if (!pair.isValid()) {
        pair.state = State.WAITING;
        list.trigger(pair);
      }
    } else if (check.kind != Kind.CONSENT) {
      fail(pair); // RFC 8445 section 7.2.5.2.4
    }
  }

  private void onSuccess(ConnectivityCheck check, InetSocketAddress mapped, long nowNs) {
    CheckPair pair = check.pair;
    pair.state = State.SUCCEEDED;
    pair.setMapped(mappedCandidate(check, mapped));
    long roundTripNs = check.roundTripNs(nowNs);
    if (roundTripNs >= 0) {
      pair.roundTripNs = roundTripNs;
      pair.totalRoundTripNs += roundTripNs;
    }
    checks.removeAnswered(pair);
    if (!pair.nominating) {
      list.untrigger(pair);
    }
    if (session.isControlling()) {
      if (check.kind == Kind.NOMINATION) {
        pair.nominating = false;
        pair.nominatedByUs = true;
        nomination.onAnswer(pair);
        conclude(pair);
      }
    } else if (pair.nominateWhenValid) {
      pair.nominateWhenValid = false;
      if (nomination.onRequest(pair, nowNs)) {
        conclude(pair);
      }
    }
  }

  /** RFC 8445 section 7.2.5.3.1: an unknown mapped address is a peer-reflexive candidate. */
  private IceCandidate mappedCandidate(ConnectivityCheck check, InetSocketAddress mapped) {
    IceCandidate present = check.pair.candidates().local();
    if (present.address().equals(mapped)) {
      return present;
    }
    IceCandidate known = candidates.at(mapped);
    if (known != null) {
      return known;
    }
    IceCandidate base = check.pair.local.candidate();
    return new IceCandidate(
        "prflx", 1, check.priority, mapped, CandidateType.PEER_REFLEXIVE, base.address());
  }

  /** RFC 8445 section 8.1.2: a pair is nominated, so the others need no more checks of ours. */
  private void conclude(CheckPair nominated) {
    for (CheckPair pair : list.pairs()) {
      // The controlling side may still prefer a pair that it checked itself.
      boolean wanted = !session.isControlling() && pair.remoteChecked;
      if (pair != nominated && pair.state == State.IN_PROGRESS && !wanted) {
        checks.cancel(pair);
        pair.state = State.FAILED;
      }
    }
  }

  private void fail(CheckPair pair) {
    pair.state = State.FAILED;
    pair.nominating = false;
    checks.removeAll(pair);
    list.untrigger(pair);
    nomination.onFailure(pair);
  }

  void onDeadline(long nowNs) {
    for (ConnectivityCheck check = checks.onDeadline(nowNs);
        check != null;
        check = checks.onDeadline(nowNs)) {
      if (check.kind == Kind.NOMINATION) {
        check.pair.nominating = false;
        nomination.onNoAnswer(check.pair);
      } else if (check.kind != Kind.CONSENT && !check.isCancelled()) {
        fail(check.pair);
      }
    }
  }

  /** As controlling agent: nominates when the time has come. */
  void nominate(long nowNs) {
    CheckPair chosen = session.isControlling() ? nomination.choose(list, nowNs) : null;
    if (chosen != null) {
      chosen.nominating = true;
      list.trigger(chosen);
    }
  }

  /** Sends at most one check; the next one waits at least {@link #TA_MIN_NS}. */
  void sendCheck(long nowNs) {
    if (session.remote() == null) {
      return;
    }
    if (list.hasTriggered()) {
      CheckPair pair = nowNs < nextTriggeredNs ? null : list.nextTriggered();
      if (pair != null) {
        send(pair, pair.nominating ? Kind.NOMINATION : Kind.TRIGGERED, nowNs);
      }
    } else if (nowNs >= nextOrdinaryNs && nomination.nominated() == null) {
      CheckPair pair = list.nextOrdinary();
      if (pair != null) {
        send(pair, Kind.ORDINARY, nowNs);
      }
    }
  }

  private void send(CheckPair pair, Kind kind, long nowNs) {
    if (!pair.isValid()) {
      pair.state = State.IN_PROGRESS;
    }
    started = true;
    pair.requestsSent++;
    nextOrdinaryNs = nowNs + Math.max(config.taNs(), TA_MIN_NS);
    nextTriggeredNs = nowNs + TA_MIN_NS;
    // RFC 8445 section 14.3: RTO = MAX (500ms, Ta * (Num-Waiting + Num-In-Progress)).
    long rtoNs = Math.max(ConnectivityChecks.RTO_MIN_NS, config.taNs() * list.active());
    checks.send(pair, kind, rtoNs, nowNs);
  }

  /** RFC 7675 section 5.1: outside the pacing, because it has an interval of its own. */
  void checkConsent(CheckPair pair, long nowNs) {
    pair.requestsSent++;
    checks.send(pair, Kind.CONSENT, ConnectivityChecks.RTO_MIN_NS, nowNs);
  }

  List<PairStatistics> statistics() {
    CheckPair nominated = nomination.nominated();
    return list.pairs().stream().map(pair -> PairStatistics.of(pair, pair == nominated)).toList();
  }

  /** The nominated pair, else the valid pair of highest priority. */
  @Nullable CheckPair usable() {
    CheckPair nominated = nomination.nominated();
    return nominated != null ? nominated : list.bestValid();
  }

  /** RFC 8445 section 12.2: data counts only from where authentic checks or answers came. */
  boolean isValidated(PathId path, InetSocketAddress from) {
    CheckPair pair = list.find(path, from);
    return pair != null && (pair.isValid() || pair.remoteChecked);
  }

  /** Whether a check was sent. */
  boolean hasStarted() {
    return started;
  }

  boolean hasPairs() {
    return !list.pairs().isEmpty();
  }

  boolean hasOpen() {
    return list.hasOpen() || list.hasTriggered();
  }

  /** Whether a pair is nominated and no other is being checked. */
  boolean isOver() {
    return nomination.nominated() != null && !list.hasInProgress() && !list.hasTriggered();
  }

  long nextDeadlineNs() {
    long next = Math.min(checks.nextDeadlineNs(), nomination.nextDeadlineNs());
    if (session.remote() == null) {
      return next;
    }
    if (list.hasTriggered()) {
      return Math.min(next, nextTriggeredNs);
    }
    boolean ordinary = nomination.nominated() == null && list.hasOrdinary();
    return ordinary ? Math.min(next, nextOrdinaryNs) : next;
  }

  void clear() {
    candidates.clear();
    list.clear();
    checks.clear();
    nomination.clear();
  }
}
