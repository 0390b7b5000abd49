package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
  private final ConnectivityEstablishment establishment;
  private final Consent consent;
  private final EarlyChecks early = new EarlyChecks();
  private IceTransportState state = IceTransportState.NEW;
  private @Nullable CheckPair selected;
  private long discarded;
  private long patienceEndNs = Loop.NEVER;
  private boolean remoteLite;
  private boolean patienceOver;
  private boolean localComplete;
  private boolean remoteComplete;

  /**
   * @param random source of credentials, tie-breaker and transaction ids; cryptographically secure
   *     outside tests
   */
  public IceAgent(IceConfig config, IceRole role, RandomGenerator random) {
    this.config = config;
    session = new IceSession(role, random);
    responder = new CheckResponder(session);
    establishment = new ConnectivityEstablishment(config, session);
    consent = new Consent(config, random);
  }

  public IceCredentials local() {
    return session.local;
  }

  public IceRole role() {
    return session.role();
  }

  /** Sets the role before checks start; later only a role conflict changes it. */
  public void setRole(IceRole role) {
    if (!remoteLite && !establishment.hasStarted()) {
      session.setRole(role);
      establishment.onRoleChange();
    }
  }

  /** Credentials of the remote side; checks start when candidates are known too. */
  public void setRemote(IceCredentials remote, boolean lite, long nowNs) {
    if (remote.ufrag().isEmpty() || remote.password().isEmpty()) {
      throw new IllegalArgumentException("the remote ufrag or password is empty");
    }
    IceCredentials known = session.remote();
    if (isEnded() || remote.equals(known)) {
      return;
    }
    if (known != null) {
      throw new IllegalStateException(
          "the remote credentials are set already: an ICE restart needs a new agent");
    }
    session.setRemote(remote);
    remoteLite = lite;
    patienceEndNs = nowNs + config.failAfterNs();
    // RFC 8445 section 6.1.1: the side with the full implementation is controlling.
    if (lite && !session.isControlling()) {
      session.switchRole();
      establishment.onRoleChange();
    }
    for (EarlyChecks.EarlyCheck check : early.takeAll()) {
      establishment.onRemoteCheck(check, selected, nowNs);
    }
    progress(nowNs);
  }

  public void addLocal(IceCandidate candidate, PathId path, long nowNs) {
    if (!isEnded()) {
      establishment.addLocal(new LocalCandidate(candidate, path));
      progress(nowNs);
    }
  }

  public void addRemote(IceCandidate candidate, long nowNs) {
    if (!isEnded()) {
      establishment.addRemote(candidate);
      progress(nowNs);
    }
  }

  public void endOfLocalCandidates(long nowNs) {
    localComplete = true;
    progress(nowNs);
  }

  public void endOfRemoteCandidates(long nowNs) {
    remoteComplete = true;
    progress(nowNs);
  }

  /**
   * Takes a datagram whose first byte is 0 to 3 (RFC 7983: STUN).
   *
   * @return false when it was not STUN for this agent
   */
  public boolean receive(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
    if (isEnded()) {
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
    if (!responder.answer(request, path, from)) {
      return false;
    }
    if (before != session.role()) {
      establishment.onRoleChange();
    }
    var check = new EarlyChecks.EarlyCheck(path, from, request.priority(), request.useCandidate());
    if (session.remote() == null) {
      early.add(check);
    } else {
      establishment.onRemoteCheck(check, selected, nowNs);
    }
    return true;
  }

  private boolean onResponse(
      StunMessage response, PathId path, InetSocketAddress from, long nowNs) {
    ConnectivityCheck check = establishment.authenticate(response);
    if (check == null) {
      return false;
    }
    if (establishment.onResponse(check, response, path, from, nowNs) && check.pair == selected) {
      consent.onAnswer(nowNs);
    }
    return true;
  }

  /** Whether application data from this address over this path may be accepted. */
  public boolean isValidated(PathId path, InetSocketAddress from) {
    CheckPair pair = selected;
    if (pair != null && pair.isOn(path, from)) {
      return true;
    }
    return establishment.isValidated(path, from) || early.contains(path, from);
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

  /** All candidate pairs, best first. */
  public List<PairStatistics> statistics() {
    return establishment.statistics();
  }

  /** How many datagrams were dropped: malformed, not authentic, or answers to nothing. */
  public long discarded() {
    return discarded;
  }

  public long nextDeadlineNs() {
    if (isEnded()) {
      return Loop.NEVER;
    }
    long next = Math.min(establishment.nextDeadlineNs(), consent.nextDeadlineNs());
    return selected == null ? Math.min(next, patienceEndNs) : next;
  }

  public void onDeadline(long nowNs) {
    if (!isEnded()) {
      establishment.onDeadline(nowNs);
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
    end();
    state = IceTransportState.CLOSED;
    session.clear();
  }

  private boolean isEnded() {
    return state == IceTransportState.CLOSED || state == IceTransportState.FAILED;
  }

  /** What may have become possible: select, ask for consent, nominate, check. */
  private void progress(long nowNs) {
    if (isEnded()) {
      return;
    }
    establishment.nominate(nowNs);
    select(nowNs);
    CheckPair asked = consent.due(nowNs);
    if (asked != null) {
      establishment.checkConsent(asked, nowNs);
    }
    establishment.sendCheck(nowNs);
    updateState(nowNs);
  }

  /** RFC 8445 section 12.1: before nomination, data may use any valid pair; we take the best. */
  private void select(long nowNs) {
    CheckPair best = establishment.usable();
    if (best == selected) {
      return;
    }
    selected = best;
    if (best == null) {
      consent.stop();
    } else {
      consent.start(best, nowNs);
      session.report(new IceEvent.PairSelected(best.candidates(), best.local.path()));
    }
  }

  private void updateState(long nowNs) {
    if (selected == null) {
      updateStateWithoutPair(nowNs);
    } else if (consent.isExpired(nowNs)) {
      // RFC 7675 section 5.1: no more data may be sent.
      fail("no answer for " + config.consentTimeoutNs() / 1_000_000 + " ms: consent expired");
    } else if (consent.isSilent(nowNs)) {
      enter(
          IceTransportState.DISCONNECTED,
          "checks of the selected pair were not answered for "
              + config.disconnectedAfterNs() / 1_000_000
              + " ms");
    } else if (state != IceTransportState.COMPLETED) {
      boolean completed = localComplete && remoteComplete && establishment.isOver();
      enter(
          completed ? IceTransportState.COMPLETED : IceTransportState.CONNECTED,
          completed ? "a pair is nominated and all candidates are known" : "a pair is valid");
    }
  }

  private void updateStateWithoutPair(long nowNs) {
    if (nowNs >= patienceEndNs) {
      patienceEndNs = Loop.NEVER;
      patienceOver = true;
    }
    // RFC 8863 section 4: however badly the checks go, a pair may still come until then.
    if (patienceOver && !establishment.hasOpen() && (establishment.hasPairs() || remoteComplete)) {
      fail("no candidate pair works");
    } else if (establishment.hasPairs() && session.remote() != null) {
      enter(IceTransportState.CHECKING, "candidates of both sides are known");
    }
  }

  private void fail(String reason) {
    enter(IceTransportState.FAILED, reason);
    end();
  }

  private void enter(IceTransportState next, String reason) {
    if (state != next) {
      state = next;
      session.report(new IceEvent.StateChanged(next, reason));
    }
  }

  private void end() {
    establishment.clear();
    early.takeAll();
    session.outbox.clear();
    consent.stop();
    selected = null;
  }
}
