package org.purertc.internal.jsep;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.Attribute;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.SessionDescription;
import org.purertc.sdp.SetupRole;

/**
 * The offer/answer state of one peer, RFC 9429: a function of descriptions. Local candidates are
 * added to the local description as they come.
 */
public final class JsepSession {
  private final LocalDescriptions descriptions;
  private final LocalCandidates localCandidates = new LocalCandidates();
  private boolean dataRequested;

  /** The newest version of the o= line that was applied; RFC 9429 section 5.2.1 starts with 0. */
  private long version = -1;

  private @Nullable SessionDescription lastOffer;
  private @Nullable SessionDescription lastAnswer;
  private NegotiationState state = NegotiationState.INITIAL;

  /** What a rollback returns to. */
  private NegotiationState stable = NegotiationState.INITIAL;

  /**
   * @param sessionId of the o= line, 63 random bits
   */
  public JsepSession(LocalTransport local, long sessionId) {
    this.descriptions = new LocalDescriptions(local, sessionId);
  }

  public SignalingState signalingState() {
    return state.signaling();
  }

  /** A data channel was created: offers now hold an application section. */
  public void requestDataChannels() {
    dataRequested = true;
  }

  /** W3C WebRTC section 4.7.3, "check if negotiation is needed". */
  public boolean isNegotiationNeeded() {
    if (state.signaling() != SignalingState.STABLE || !dataRequested) {
      return false;
    }
    SessionDescription current = state.currentLocal();
    return current == null
        || current.media().stream().noneMatch(section -> section.media().equals("application"));
  }

  public SessionDescription createOffer() throws JsepException {
    requireState("createOffer", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
    SessionDescription offer = descriptions.offer(stable, dataRequested, version + 1);
    lastOffer = offer;
    return shown(offer);
  }

  public SessionDescription createAnswer() throws JsepException {
    requireState(
        "createAnswer", SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER);
    SessionDescription offer = present(state.pendingRemote());
    SessionDescription answer = descriptions.answer(offer, answerRole(offer), version + 1);
    lastAnswer = answer;
    return shown(answer);
  }

  /** RFC 8842 section 5.3: active unless the offer is; a running association keeps its roles. */
  private SetupRole answerRole(SessionDescription offer) throws JsepException {
    NegotiatedTransport transport = state.negotiated();
    if (transport != null && transport.roleKnown()) {
      return transport.dtlsClient() ? SetupRole.ACTIVE : SetupRole.PASSIVE;
    }
    int data = DataSection.indexIn(offer);
    boolean offersActive = data >= 0 && RemoteTransport.setup(offer, data) == SetupRole.ACTIVE;
    return offersActive ? SetupRole.PASSIVE : SetupRole.ACTIVE;
  }

  /**
   * @param description the newest that {@code createOffer} or {@code createAnswer} gave; not used
   *     by a rollback
   */
  public void setLocalDescription(DescriptionType type, @Nullable SessionDescription description)
      throws JsepException {
    switch (type) {
      case OFFER -> setLocalOffer(description);
      case PRANSWER, ANSWER -> setLocalAnswer(description, type == DescriptionType.ANSWER);
      case ROLLBACK -> rollback();
    }
  }

  private void setLocalOffer(@Nullable SessionDescription description) throws JsepException {
    requireState(
        "setLocalDescription(offer)", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
    SessionDescription offer = requireUnaltered(description, lastOffer);
    int data = DataSection.indexIn(offer);
    state = stable.withLocalOffer(offer, data < 0 ? null : offer.media().get(data).mid());
    version = Long.parseLong(offer.origin().sessionVersion());
  }

  private void setLocalAnswer(@Nullable SessionDescription description, boolean isFinal)
      throws JsepException {
    requireState(
        "setLocalDescription(answer)",
        SignalingState.HAVE_REMOTE_OFFER,
        SignalingState.HAVE_LOCAL_PRANSWER);
    SessionDescription answer = requireUnaltered(description, lastAnswer);
    SessionDescription offer = present(state.pendingRemote());
    int data = DataSection.indexIn(answer);
    NegotiatedTransport transport = null;
    if (data >= 0) {
      boolean client = answer.setup(answer.media().get(data)) == SetupRole.ACTIVE;
      transport = RemoteTransport.of(offer, data, present(state.dataMid()), client);
    }
    state = state.withLocalAnswer(answer, isFinal, transport);
    version = Long.parseLong(answer.origin().sessionVersion());
    settle(isFinal);
  }

  public void setRemoteDescription(DescriptionType type, @Nullable SessionDescription description)
      throws JsepException {
    if (type == DescriptionType.ROLLBACK) {
      rollback();
      return;
    }
    if (description == null) {
      throw JsepException.operation("a description is needed");
    }
    if (type == DescriptionType.OFFER) {
      setRemoteOffer(description);
    } else {
      setRemoteAnswer(description, type == DescriptionType.ANSWER);
    }
  }

  private void setRemoteOffer(SessionDescription offer) throws JsepException {
    // W3C WebRTC section 4.4.1.5: a remote offer rolls a local offer back.
    requireState(
        "setRemoteDescription(offer)",
        SignalingState.STABLE,
        SignalingState.HAVE_LOCAL_OFFER,
        SignalingState.HAVE_REMOTE_OFFER);
    DescriptionChecks.checkOffer(offer, stable.currentLocal(), stable.currentRemote());
    int data = DataSection.indexIn(offer);
    if (data < 0) {
      state = stable.withRemoteOffer(offer, null, stable.negotiated());
    } else {
      String offered = offer.media().get(data).mid();
      String kept = stable.dataMid() == null ? LocalDescriptions.newMid(offer) : stable.dataMid();
      String mid = offered == null ? kept : offered;
      state =
          stable.withRemoteOffer(
              offer, mid, RemoteTransport.offered(offer, data, mid, stable.negotiated()));
    }
    lastOffer = null;
    lastAnswer = null;
  }

  private void setRemoteAnswer(SessionDescription answer, boolean isFinal) throws JsepException {
    requireState(
        "setRemoteDescription(answer)",
        SignalingState.HAVE_LOCAL_OFFER,
        SignalingState.HAVE_REMOTE_PRANSWER);
    SessionDescription offer = present(state.pendingLocal());
    DescriptionChecks.checkAnswer(answer, offer);
    int data = DataSection.indexIn(offer);
    boolean accepted = data >= 0 && DataSection.indexIn(answer) == data;
    NegotiatedTransport transport = null;
    if (accepted) {
      String mid = present(state.dataMid());
      transport = RemoteTransport.answered(answer, data, mid, stable.negotiated());
    }
    state = state.withRemoteAnswer(answer, isFinal, transport);
    settle(isFinal);
  }

  /** W3C WebRTC section 4.4.1.5: a rollback undoes an offer, and nothing after a pranswer. */
  private void rollback() throws JsepException {
    requireState("rollback", SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_OFFER);
    state = stable;
    settle(true);
  }

  private void settle(boolean isStable) {
    if (isStable) {
      stable = state;
      lastOffer = null;
      lastAnswer = null;
    }
  }

  /**
   * Adds a gathered candidate to the local descriptions.
   *
   * @param candidate {@code candidate:…} without {@code a=}
   */
  public void addLocalCandidate(String candidate) {
    localCandidates.add(candidate);
  }

  /** Adds {@code a=end-of-candidates}. */
  public void endOfLocalCandidates() {
    localCandidates.end();
  }

  /**
   * Checks where a remote candidate belongs and adds it to the remote description.
   *
   * @param candidate empty for the end of candidates
   * @return whether it belongs to the transport of {@link #negotiated()}; false for those of
   *     rejected sections, which are of no use
   */
  public boolean addRemoteCandidate(
      String candidate, @Nullable String mid, @Nullable Integer mLineIndex, @Nullable String ufrag)
      throws JsepException {
    requireOpen("addIceCandidate");
    if (!candidate.isEmpty() && mid == null && mLineIndex == null) {
      throw new JsepException("TypeError", "a candidate needs sdpMid or sdpMLineIndex");
    }
    SessionDescription remote = state.newestRemote();
    if (remote == null) {
      throw JsepException.invalidState("addIceCandidate: there is no remote description yet");
    }
    Attribute line = RemoteCandidates.parse(candidate);
    if (mid == null && mLineIndex == null) {
      return addToAll(line, remote.media().size(), ufrag);
    }
    int index = RemoteCandidates.indexOf(state, mid, mLineIndex);
    if (!RemoteCandidates.isKnown(state, index, ufrag)) {
      throw unknownUfrag(ufrag);
    }
    addToSection(index, line, ufrag);
    return RemoteCandidates.isOfTransport(state, index, ufrag);
  }

  /** W3C WebRTC section 4.4.2: an end of candidates that names no section is for all. */
  private boolean addToAll(Attribute line, int sections, @Nullable String ufrag)
      throws JsepException {
    boolean known = false;
    boolean ours = false;
    for (int i = 0; i < sections; i++) {
      if (RemoteCandidates.isKnown(state, i, ufrag)) {
        known = true;
        addToSection(i, line, ufrag);
        ours |= RemoteCandidates.isOfTransport(state, i, ufrag);
      }
    }
    if (!known && ufrag != null) {
      throw unknownUfrag(ufrag);
    }
    return ours;
  }

  private void addToSection(int index, Attribute line, @Nullable String ufrag)
      throws JsepException {
    state = RemoteCandidates.add(state, index, line, ufrag);
    // A rollback keeps the candidates of the current description.
    stable = stable.withRemotes(state.currentRemote(), null);
  }

  private static JsepException unknownUfrag(@Nullable String ufrag) {
    return JsepException.operation("candidate of ufrag " + ufrag + ", which no m-line has");
  }

  /** The remote's candidates for the transport of {@link #negotiated()}, trickled ones included. */
  public List<CandidateAttribute> remoteCandidates() {
    return RemoteCandidates.ofTransport(state).candidates();
  }

  /** Whether the remote said that {@link #remoteCandidates()} are all. */
  public boolean remoteCandidatesEnded() {
    return RemoteCandidates.ofTransport(state).hasEndOfCandidates();
  }

  public @Nullable SessionDescription currentLocalDescription() {
    return localCandidates.addTo(state.currentLocal());
  }

  public @Nullable SessionDescription pendingLocalDescription() {
    return localCandidates.addTo(state.pendingLocal());
  }

  public @Nullable SessionDescription currentRemoteDescription() {
    return state.currentRemote();
  }

  public @Nullable SessionDescription pendingRemoteDescription() {
    return state.pendingRemote();
  }

  /** Mid of the application section, null before there is one. */
  public @Nullable String dataMid() {
    return state.dataMid();
  }

  /** Of the newest remote description with a usable application section; null before. */
  public @Nullable NegotiatedTransport negotiated() {
    return state.negotiated();
  }

  public void close() {
    state = state.closed();
  }

  private SessionDescription shown(SessionDescription bare) {
    return present(localCandidates.addTo(bare));
  }

  /** W3C WebRTC section 4.4.1.5: a local description must be the newest that was created. */
  private static SessionDescription requireUnaltered(
      @Nullable SessionDescription description, @Nullable SessionDescription created)
      throws JsepException {
    // Candidates may have come in between.
    if (description == null
        || created == null
        || !LocalCandidates.removeFrom(description).equals(created)) {
      throw new JsepException(
          "InvalidModificationError",
          "the local description is not the one that was created last; it cannot be altered");
    }
    return created;
  }

  private void requireOpen(String operation) throws JsepException {
    if (state.signaling() == SignalingState.CLOSED) {
      throw JsepException.invalidState(operation + ": the connection is closed");
    }
  }

  private void requireState(String operation, SignalingState... allowed) throws JsepException {
    requireOpen(operation);
    if (!List.of(allowed).contains(state.signaling())) {
      throw JsepException.invalidState(
          operation + ": wrong in signaling state " + state.signaling());
    }
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a state without what belongs to it");
    }
    return value;
  }
}
