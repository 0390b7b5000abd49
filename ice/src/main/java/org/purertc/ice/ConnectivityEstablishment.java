package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.CheckPair.State;
import org.purertc.ice.ConnectivityCheck.Kind;
import org.purertc.ice.EarlyChecks.EarlyCheck;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;

/** Finds valid pairs: forms pairs, has them checked, and reads the outcome, RFC 8445 section 7. */
final class ConnectivityEstablishment {
  private final IceConfig config;
  private final IceSession session;
  private final ShortTermCredentials credentials;
  private final Candidates candidates;
  private final CheckList list = new CheckList();
  private final PairFormation formation;
  private final ConnectivityChecks checks;
  private final CheckSchedule schedule;
  private final Nomination nomination;
  private @Nullable CheckPair silent;
  private boolean seeking;
  private boolean quiet;

  ConnectivityEstablishment(
      IceConfig config,
      IceSession session,
      ShortTermCredentials credentials,
      Candidates candidates) {
    this.config = config;
    this.session = session;
    this.credentials = credentials;
    this.candidates = candidates;
    formation = new PairFormation(session, candidates, list, this::onGone);
    nomination = new Nomination(config.renomination());
    checks = new ConnectivityChecks(session, credentials, list);
    schedule = new CheckSchedule(config, list, checks, this::fail);
  }

  void addLocal(LocalCandidate added) {
    formation.addLocal(added);
  }

  void removeLocal(PathId path) {
    formation.removeLocal(path);
  }

  void addRemote(IceCandidate added) {
    formation.addRemote(added);
  }

  Candidates candidates() {
    return candidates;
  }

  /** A restart: data went over this pair before, and it passes no relay. */
  void follow(CheckPair direct) {
    nomination.follow(direct);
  }

  private void onGone(CheckPair pair) {
    checks.removeAll(pair);
    nomination.onFailure(pair);
  }

  void onRoleChange() {
    nomination.onRoleChange();
    for (CheckPair pair : list.pairs()) {
      pair.nominating = false;
      pair.nominatedByUs = false;
      pair.ownNominationValue = 0;
    }
    list.prioritize(session.role());
  }

  /** An authentic check came and was answered, RFC 8445 sections 7.3.1.3 to 7.3.1.5. */
  void onRemoteCheck(EarlyCheck check, @Nullable CheckPair selected, long nowNs) {
    CheckPair pair = list.find(check.path(), check.from());
    if (pair == null) {
      pair = formation.learn(check, selected);
      if (pair == null) {
        return;
      }
    }
    pair.remoteChecked = true;
    pair.requestsReceived++;
    boolean nominates = check.useCandidate() && !session.isControlling();
    if (nominates) {
      pair.nominationValue = check.nominationValue();
    }
    if (config.lite() && nominates) {
      pair.state = State.SUCCEEDED; // RFC 8445 section 7.3.2: a lite agent checks nothing itself
      pair.lastAnswerNs = nowNs;
    }
    if (pair.isValid()) {
      if (nominates && nomination.onRequest(pair, nowNs)) {
        conclude(pair);
      }
    } else if (!config.lite() && !quiet) {
      pair.nominateWhenValid |= nominates;
      trigger(pair, nowNs);
    }
  }

  /** RFC 8445 section 7.3.1.4. */
  private void trigger(CheckPair pair, long nowNs) {
    if (pair.state == State.IN_PROGRESS) {
      if (checks.isFreshlyTriggered(pair, nowNs)) {
        return; // sent after the remote side opened its path: its answer is on the way
      }
      checks.cancel(pair);
    }
    if (!list.mayCheck(pair)) {
      pair.unanswered--; // one check for each that comes from there
    }
    pair.state = State.WAITING;
    list.trigger(pair);
  }

  /** The check that this response answers; null when there is none or it is not authentic. */
  @Nullable ConnectivityCheck authenticate(StunMessage response) {
    return checks.authenticate(response);
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
    pair.setMapped(formation.mappedCandidate(check, mapped));
    long roundTripNs = check.roundTripNs(nowNs);
    if (roundTripNs >= 0) {
      pair.roundTripNs = roundTripNs;
      pair.totalRoundTripNs += roundTripNs;
    }
    pair.unanswered = 0;
    checks.removeAnswered(pair);
    if (!pair.nominating) {
      list.untrigger(pair);
    }
    if (pair != silent && nomination.nominated() == null) {
      replaceSilent();
    }
    if (session.isControlling()) {
      if (check.kind == Kind.NOMINATION) {
        pair.nominating = false;
        pair.nominatedByUs = true;
        if (pair != silent) {
          replaceSilent();
        }
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

  /** The silent pair has found a successor; data still counts from there. */
  private void replaceSilent() {
    CheckPair replaced = silent;
    silent = null;
    if (replaced != null) {
      fail(replaced);
    }
  }

  /** RFC 8445 section 8.1.2: a pair is nominated, so the others need no more checks of ours. */
  private void conclude(CheckPair nominated) {
    seeking = false;
    silent = null;
    for (CheckPair pair : list.pairs()) {
      // The controlling side may still prefer a pair that it checked itself.
      boolean wanted =
          session.isControlling()
              ? config.renomination() && pair.priority > nominated.priority
              : pair.remoteChecked;
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

  /**
   * The selected pair does not answer, or is gone: another one is wanted. All pairs are checked
   * again, so that those are valid that work now.
   */
  void seekAlternative(@Nullable CheckPair silentPair) {
    if (seeking || config.lite()) {
      return;
    }
    seeking = true;
    silent = silentPair;
    for (CheckPair pair : list.pairs()) {
      if (pair != silentPair && pair.state != State.IN_PROGRESS) {
        pair.state = State.WAITING;
      }
    }
  }

  /** The selected pair answers. */
  void endSeeking(CheckPair selected) {
    if (seeking) {
      conclude(selected);
    }
  }

  /**
   * The connection of a TCP pair could not be opened, or is gone. The side that opened it may open
   * another one, and does for its check, and for the selected pair; to the other side that one has
   * another address.
   */
  void onConnectionLost(PathId path, InetSocketAddress remote, @Nullable CheckPair selected) {
    CheckPair pair = list.find(path, remote);
    if (pair != null && pair.local.candidate().tcpType() == TcpType.PASSIVE) {
      list.remove(pair);
      onGone(pair);
    } else if (pair != null && pair != selected && pair.isValid()) {
      fail(pair);
    } else if (pair != null) {
      checks.onConnectionLost(pair);
    }
  }

  /** An ICE restart begins: what works goes on until it has found something, the rest ends. */
  void quiesce() {
    quiet = true;
    seeking = false;
    nomination.onRoleChange();
    for (CheckPair pair : list.pairs()) {
      pair.nominating = false;
      list.untrigger(pair);
      if (pair.isOpen()) {
        checks.removeAll(pair);
        pair.state = State.FAILED;
      }
    }
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

  /**
   * As controlling agent: nominates when the time has come.
   *
   * @param complete whether all candidates of both sides are known
   */
  void nominate(boolean complete, long nowNs) {
    CheckPair chosen =
        session.isControlling() ? nomination.choose(list, seeking, complete, nowNs) : null;
    if (chosen != null) {
      chosen.nominating = true;
      chosen.ownNominationValue = config.renomination() ? session.nextNomination() : 0;
      list.trigger(chosen);
    }
  }

  /** Sends at most one check, when its time has come. */
  void sendCheck(long nowNs) {
    if (credentials.remote() != null && !config.lite()) {
      schedule.sendCheck(checksOrdinarily(), nowNs);
    }
  }

  private boolean checksOrdinarily() {
    CheckPair nominated = nomination.nominated();
    return seeking || nominated == null || mayRenominate() && list.mayImproveOn(nominated);
  }

  private boolean mayRenominate() {
    return config.renomination() && session.isControlling();
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
    return nominated != null ? nominated : list.bestValid(null);
  }

  /** RFC 8445 section 12.2: data counts only from where authentic checks or answers came. */
  boolean isValidated(PathId path, InetSocketAddress from) {
    CheckPair pair = list.find(path, from);
    return pair != null && (pair.isValid() || pair.remoteChecked);
  }

  boolean owns(CheckPair pair) {
    return list.pairs().contains(pair);
  }

  boolean isSeeking() {
    return seeking;
  }

  boolean isNominated() {
    return nomination.nominated() != null;
  }

  /** Whether a check was sent. */
  boolean hasStarted() {
    return schedule.hasStarted();
  }

  boolean hasPairs() {
    return !list.pairs().isEmpty();
  }

  boolean hasOpen() {
    return !config.lite() && (list.hasOpen() || list.hasTriggered());
  }

  /** Whether a pair is nominated and no other is being checked. */
  boolean isOver() {
    return nomination.nominated() != null && !list.hasInProgress() && !list.hasTriggered();
  }

  long nextDeadlineNs() {
    long next = Math.min(checks.nextDeadlineNs(), nomination.nextDeadlineNs());
    if (credentials.remote() == null || config.lite() || quiet) {
      return next;
    }
    return Math.min(next, schedule.nextDeadlineNs(checksOrdinarily()));
  }

  /** Nothing of it goes on; the local candidates stay for a restart. */
  void clear() {
    seeking = false;
    silent = null;
    candidates.clearRemote();
    list.clear();
    checks.clear();
    nomination.clear();
  }
}
