package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.StunCodec;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.io.Loop;

/**
 * The ICE agent for one data stream with one component (BUNDLE, rtcp-mux), RFC 8445, as a machine:
 * datagrams and time in, datagrams, events and a deadline out. No socket, no clock, no thread.
 *
 * <p>After every call the owner takes {@link #pollTransmit} until false and {@link #pollEvent}
 * until null, and sets a timer to {@link #nextDeadlineNs}.
 */
public final class IceAgent {

  private final IceConfig config;
  private final IceSession session;
  private final CheckResponder responder;
  private final RefusalLimit refusals = new RefusalLimit();
  private final Consent consent;
  private final Generations generations;
  private IceTransportState state = IceTransportState.NEW;
  private @Nullable CheckPair selected;
  private long discarded;
  private boolean remoteLite;

  /**
   * @param random source of credentials, tie-breaker and transaction ids; cryptographically secure
   *     outside tests
   */
  public IceAgent(IceConfig config, IceRole role, RandomGenerator random) {
    this(config, role, new StunCodec(), random);
  }

  /**
   * @param codec may be that of other agents of the same thread
   */
  IceAgent(IceConfig config, IceRole role, StunCodec codec, RandomGenerator random) {
    this.config = config;
    session = new IceSession(config.lite() ? IceRole.CONTROLLED : role, codec, random);
    responder = new CheckResponder(config, session);
    consent = new Consent(config, random);
    generations = new Generations(config, session);
  }

  /** Our newest credentials; during a restart requests with older ones are answered too. */
  public IceCredentials local() {
    return generations.newest().credentials.local;
  }

  /** Credentials that a restart may begin with; nothing changes yet. */
  public IceCredentials newCredentials() {
    return session.newCredentials();
  }

  /** The ufrags that requests for us name; another list when they have changed. */
  public List<String> localUfrags() {
    return generations.ufrags();
  }

  public IceRole role() {
    return session.role();
  }

  /** Sets the role before checks start; later only a role conflict changes it. */
  public void setRole(IceRole role) {
    boolean fixed = remoteLite || config.lite() || generations.current().establishment.hasStarted();
    if (!fixed) {
      session.setRole(role);
      generations.onRoleChange();
    }
  }

  /**
   * Our half of an ICE restart, RFC 8445 section 9: requests to these credentials are answered from
   * now on, and {@link #setRemote} begins new checks. Until they have found something, data goes
   * over the pair that is selected now. Gathering begins anew; local candidates stay.
   */
  public void restart(IceCredentials local, long nowNs) {
    ShortTermCredentials.require(local);
    if (!isClosed()) {
      generations.prepare(new ShortTermCredentials(local));
      if (!config.lite()) {
        consent.askSoon(nowNs); // who restarts doubts the path; if it works, data need not wait
      }
      progress(nowNs);
    }
  }

  /** The offer with the credentials of {@link #restart} was rolled back. */
  public void cancelRestart(long nowNs) {
    generations.cancel();
    progress(nowNs);
  }

  /**
   * Credentials of the remote side; checks start when candidates are known too. Others than before
   * are the remote half of an ICE restart.
   */
  public void setRemote(IceCredentials remote, boolean lite, long nowNs) {
    ShortTermCredentials.require(remote);
    if (isClosed() || !generations.begins(remote)) {
      return;
    }
    Generation current = generations.begin(selected);
    remoteLite = lite;
    current.bePatientUntil(nowNs + config.failAfterNs());
    // RFC 8445 section 6.1.1: the side with the full implementation is controlling.
    if (lite && !config.lite() && !session.isControlling()) {
      session.switchRole();
      generations.onRoleChange();
    }
    current.begin(remote, selected, nowNs);
    if (lite && config.lite()) {
      // RFC 8445 section 6.1.1 lets two lite agents pair without checks. RFC 7675 section 3 lets
      // nobody send without consent, which takes checks.
      fail("both sides are ICE-lite, so that nobody checks or gives consent");
      return;
    }
    progress(nowNs);
  }

  public void addLocal(IceCandidate candidate, PathId path, long nowNs) {
    if (!isClosed()) {
      generations.addLocal(new LocalCandidate(candidate, path));
      progress(nowNs);
    }
  }

  /** The path is no more: its candidates and pairs leave, and data takes another one if it can. */
  public void removeLocal(PathId path, long nowNs) {
    generations.removeLocal(path);
    progress(nowNs);
  }

  /**
   * A TCP connection could not be opened or is gone. What is sent on the path to this address next
   * asks the owner for another one if it can be opened from here.
   */
  public void onConnectionLost(PathId path, InetSocketAddress remote, long nowNs) {
    CheckPair pair = selected;
    generations.onConnectionLost(path, remote, pair);
    if (pair != null && pair.isOn(path, remote)) {
      consent.askSoon(nowNs);
    }
    progress(nowNs);
  }

  /** The remote side did not acknowledge in time what was sent over the selected pair. */
  public void onUnacknowledged(long nowNs) {
    consent.onUnacknowledged(nowNs);
    progress(nowNs);
  }

  public void addRemote(IceCandidate candidate, long nowNs) {
    Generation current = generations.current();
    if (!isClosed() && !current.failed) {
      current.establishment.addRemote(candidate);
      progress(nowNs);
    }
  }

  public void endOfLocalCandidates(long nowNs) {
    generations.newest().localComplete = true;
    progress(nowNs);
  }

  public void endOfRemoteCandidates(long nowNs) {
    generations.current().remoteComplete = true;
    progress(nowNs);
  }

  /**
   * Takes a datagram whose first byte is 0 to 3 (RFC 7983: STUN).
   *
   * @return false when it was not STUN for this agent
   */
  public boolean receive(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    if (!generations.areAlive()) {
      return false;
    }
    StunMessage message = session.codec.decode(buffer, offset, length);
    boolean taken =
        message != null
            && switch (message.kind()) {
              case REQUEST -> onRequest(message, path, from, nowNs);
              case INDICATION -> true; // RFC 8445 section 11: a keepalive, nothing to do
              case SUCCESS, ERROR -> onResponse(message, path, from, nowNs);
            };
    if (taken) {
      progress(nowNs);
    } else {
      discarded++;
    }
    return taken;
  }

  private boolean onRequest(StunMessage request, PathId path, InetSocketAddress from, long nowNs) {
    IceRole before = session.role();
    Generation asked = generations.asked(request.username());
    if (asked != null && asked.failed) {
      return false; // RFC 7675 section 5.1: without consent nothing more is sent
    }
    if (asked == null && !refusals.mayRefuse(nowNs)) {
      return false;
    }
    if (!responder.answer(request, asked == null ? null : asked.credentials, path, from)) {
      return false;
    }
    if (before != session.role()) {
      generations.onRoleChange();
    }
    if (asked != null) {
      var check =
          new EarlyChecks.EarlyCheck(
              path, from, request.priority(), request.useCandidate(), request.nominationValue());
      asked.onRemoteCheck(check, selected, nowNs);
      CheckPair pair = selected;
      if (config.lite() && pair != null && pair.isOn(path, from)) {
        consent.onAnswer(nowNs);
      }
    }
    return true;
  }

  private boolean onResponse(
      StunMessage response, PathId path, InetSocketAddress from, long nowNs) {
    for (Generation generation : generations.all()) {
      ConnectivityEstablishment establishment = generation.establishment;
      ConnectivityCheck check = establishment.authenticate(response);
      if (check != null) {
        boolean answers = establishment.onResponse(check, response, path, from, nowNs);
        if (answers && check.pair == selected) {
          consent.onAnswer(nowNs);
          establishment.endSeeking(check.pair);
        }
        return true;
      }
    }
    return false;
  }

  /** Whether application data from this address over this path may be accepted. */
  public boolean isValidated(PathId path, InetSocketAddress from) {
    CheckPair pair = selected;
    return pair != null && pair.isOn(path, from) || generations.isValidated(path, from);
  }

  public IceTransportState state() {
    return state;
  }

  public @Nullable CandidatePair selectedPair() {
    CheckPair pair = selected;
    return pair == null ? null : pair.candidates();
  }

  public @Nullable PathId selectedPath() {
    CheckPair pair = selected;
    return pair == null ? null : pair.local.path();
  }

  /** Last measured round trip of the selected pair, or -1. */
  public long roundTripNs() {
    CheckPair pair = selected;
    return pair == null ? -1 : pair.roundTripNs;
  }

  /** All candidate pairs, those of the newest generation first, best first. */
  public List<PairStatistics> statistics() {
    List<PairStatistics> all = new ArrayList<>();
    generations.all().forEach(each -> all.addAll(each.establishment.statistics()));
    return all;
  }

  /** How many datagrams were dropped: malformed, not authentic, or answers to nothing. */
  public long discarded() {
    return discarded;
  }

  public long nextDeadlineNs() {
    return isClosed()
        ? Loop.NEVER
        : Math.min(generations.nextDeadlineNs(selected != null), consent.nextDeadlineNs());
  }

  public void onDeadline(long nowNs) {
    if (!isClosed()) {
      generations.onDeadline(nowNs);
      progress(nowNs);
    }
  }

  public boolean pollTransmit(Transmit out) {
    return session.outbox.poll(out);
  }

  public @Nullable IceEvent pollEvent() {
    return session.pollEvent();
  }

  /** Ends the agent: no further transmit, event or deadline. */
  public void close() {
    generations.close();
    consent.stop();
    selected = null;
    state = IceTransportState.CLOSED;
    session.clear();
  }

  private boolean isClosed() {
    return state == IceTransportState.CLOSED;
  }

  /** What may have become possible: select, ask for consent, nominate, check. */
  private void progress(long nowNs) {
    if (isClosed() || generations.current().failed) {
      return;
    }
    Generation current = generations.current();
    ConnectivityEstablishment establishment = current.establishment;
    establishment.nominate(current.localComplete && current.remoteComplete, nowNs);
    select(nowNs);
    CheckPair asked = consent.due(nowNs);
    if (asked != null) {
      generations.owning(asked).establishment.checkConsent(asked, nowNs);
    }
    if (consent.isOverdue(nowNs) && !generations.isRestarting()) {
      establishment.seekAlternative(selected);
    }
    establishment.sendCheck(nowNs);
    updateState(nowNs);
    if (consent.takeConfirmed()) {
      session.report(new IceEvent.PathConfirmed());
    }
  }

  /** RFC 8445 section 12.1: before nomination, data may use any valid pair; we take the best. */
  private void select(long nowNs) {
    CheckPair best = generations.usable(consent.isOverdue(nowNs), nowNs);
    CheckPair before = selected;
    if (best == before) {
      return;
    }
    selected = best;
    if (best == null) {
      consent.stop();
      onSelectedGone(nowNs);
    } else {
      consent.start(best, nowNs);
      session.report(new IceEvent.PairSelected(best.candidates(), best.local.path()));
    }
  }

  /** Its path was removed: the others, and those that may come, get a new chance. */
  private void onSelectedGone(long nowNs) {
    Generation current = generations.current();
    current.establishment.seekAlternative(null);
    current.bePatientUntil(nowNs + config.consentTimeoutNs());
  }

  private void updateState(long nowNs) {
    if (selected == null) {
      updateStateWithoutPair(nowNs);
    } else if (consent.isExpired(nowNs)) {
      onConsentExpired(nowNs);
    } else if (consent.isSilent(nowNs)) {
      String reason =
          "checks of the selected pair were not answered for "
              + config.disconnectedAfterNs() / 1_000_000
              + " ms";
      // W3C WebRTC section 5.6.4: a restart forgets that connectivity was lost.
      enter(
          generations.isRestarting() ? IceTransportState.CHECKING : IceTransportState.DISCONNECTED,
          reason);
    } else {
      boolean wasCompleted = state == IceTransportState.COMPLETED;
      boolean completed = generations.isCompleted(wasCompleted);
      enter(
          completed ? IceTransportState.COMPLETED : IceTransportState.CONNECTED,
          completed ? "a pair is nominated and all candidates are known" : "a pair is valid");
    }
  }

  /** RFC 7675 section 5.1: no more data may be sent. */
  private void onConsentExpired(long nowNs) {
    String reason = "no answer for " + config.consentTimeoutNs() / 1_000_000 + " ms";
    if (!generations.isRestarting()) {
      fail(reason + ": consent expired");
      return;
    }
    generations.retirePrevious();
    selected = null;
    consent.stop();
    updateStateWithoutPair(nowNs);
  }

  private void updateStateWithoutPair(long nowNs) {
    Generation current = generations.current();
    if (current.isHopeless(nowNs)) {
      fail("no candidate pair works");
    } else if (state == IceTransportState.CONNECTED
        || state == IceTransportState.COMPLETED
        || state == IceTransportState.DISCONNECTED) {
      boolean isRestart = generations.current().isChecking() && !current.establishment.isSeeking();
      enter(
          isRestart ? IceTransportState.CHECKING : IceTransportState.DISCONNECTED,
          "the selected pair is gone");
    } else if (current.isChecking()) {
      enter(IceTransportState.CHECKING, "candidates of both sides are known");
    }
  }

  private void fail(String reason) {
    enter(IceTransportState.FAILED, reason);
    generations.failCurrent();
    session.outbox.clear();
    consent.stop();
    selected = null;
  }

  private void enter(IceTransportState next, String reason) {
    if (state != next) {
      state = next;
      session.report(new IceEvent.StateChanged(next, reason));
    }
  }
}
