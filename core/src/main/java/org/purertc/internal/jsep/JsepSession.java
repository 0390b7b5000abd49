package org.purertc.internal.jsep;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.NegotiationState.Agreement;
import org.purertc.internal.jsep.TransceiverStates.AppliedAnswer;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.SessionDescription;

/**
 * The offer/answer state of one peer, RFC 9429: a function of descriptions and of what the user
 * wants of transceivers. Local candidates are added to the local descriptions as they come.
 */
public final class JsepSession {
  private final JsepConfiguration configuration;
  private final IceRestarts restarts;
  private final Function<MediaKind, Transceiver> transceiverFactory;
  private final Map<Integer, LocalCandidates> localCandidates = new HashMap<>();
  private final TransceiverStates transceivers = new TransceiverStates();
  private boolean dataRequested;

  /** The newest version of the o= line that was applied; RFC 9429 section 5.2.1 starts with 0. */
  private long version = -1;

  private @Nullable CreatedDescription lastOffer;
  private @Nullable CreatedDescription lastAnswer;
  private NegotiationState state = NegotiationState.INITIAL;

  /** What a rollback returns to. */
  private NegotiationState stable = NegotiationState.INITIAL;

  /**
   * @param transceiverFactory makes one for a section that a remote offers, with direction recvonly
   */
  public JsepSession(
      JsepConfiguration configuration,
      RestartableTransports localTransports,
      Function<MediaKind, Transceiver> transceiverFactory) {
    this.configuration = configuration;
    restarts = new IceRestarts(localTransports);
    this.transceiverFactory = transceiverFactory;
  }

  public SignalingState signalingState() {
    return state.signaling();
  }

  /** A data channel was created: offers now hold an application section. */
  public void requestDataChannels() {
    dataRequested = true;
  }

  public void addTransceiver(Transceiver transceiver) {
    transceivers.add(transceiver);
  }

  /** In the order in which they were added or came with remote offers; without stopped ones. */
  public List<Transceiver> transceivers() {
    return transceivers.list();
  }

  /** What the last descriptions changed for remote tracks, each change once. */
  public List<RemoteTrackChange> takeRemoteTrackChanges() {
    return transceivers.takeChanges();
  }

  /** What sections can carry. */
  public MediaCapabilities capabilities() {
    return configuration.capabilities();
  }

  /** W3C WebRTC section 4.7.3, "check if negotiation is needed". */
  public boolean isNegotiationNeeded() {
    return state.signaling() == SignalingState.STABLE
        && (restarts.isRequested()
            || new NegotiationNeed(state).exists(transceivers.list(), dataRequested));
  }

  /** W3C WebRTC section 4.4.2, restartIce(): the next offer has new ICE credentials. */
  public void restartIce() {
    restarts.request(state);
  }

  public SessionDescription createOffer() throws JsepException {
    return createOffer(false);
  }

  /**
   * @param restartsIce whether it has new ICE credentials
   */
  public SessionDescription createOffer(boolean restartsIce) throws JsepException {
    requireState("createOffer", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
    CreatedDescription offer =
        new OfferWriter(configuration, restarts.inOffer(stable, restartsIce), stable)
            .offer(transceivers.list(), dataRequested, version + 1);
    lastOffer = offer;
    return shown(offer);
  }

  public SessionDescription createAnswer() throws JsepException {
    requireState(
        "createAnswer", SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER);
    SessionDescription offer = present(state.pendingRemote());
    CreatedDescription answer =
        new AnswerWriter(configuration, restarts.inAnswer(stable, state), state, offer)
            .answer(version + 1);
    lastAnswer = answer;
    return shown(answer);
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
    CreatedDescription offer = requireUnaltered(description, lastOffer);
    state = stable.withLocalOffer(offer);
    version = Long.parseLong(offer.description().origin().sessionVersion());
    transceivers.place(state.lines());
  }

  private void setLocalAnswer(@Nullable SessionDescription description, boolean isFinal)
      throws JsepException {
    requireState(
        "setLocalDescription(answer)",
        SignalingState.HAVE_REMOTE_OFFER,
        SignalingState.HAVE_LOCAL_PRANSWER);
    CreatedDescription answer = requireUnaltered(description, lastAnswer);
    SessionDescription local = answer.description();
    SessionDescription offer = present(state.pendingRemote());
    MLines lines = answer.lines();
    List<NegotiatedTransport> transports =
        new RemoteTransports(offer, lines, lastAgreed()).answeredBy(local);
    Agreement agreement = new Agreement(lines.settled(), transports, data(offer, lines));
    state = state.withLocalAnswer(local, isFinal, agreement);
    version = Long.parseLong(local.origin().sessionVersion());
    transceivers.answer(new AppliedAnswer(lines, local, offer, true, isFinal));
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
    boolean replaces = state.signaling() == SignalingState.HAVE_REMOTE_OFFER;
    RemoteOffer remote = new RemoteOffer(offer, configuration, stable);
    MLines found = remote.lines(replaces ? state.lines() : stable.lines());
    List<NegotiatedTransport> transports = new RemoteTransports(offer, found, stable).offered();
    NegotiatedData data = data(offer, found);
    List<Transceiver> withNew = transceivers.copy();
    MLines lines = remote.associated(found, withNew, transceiverFactory);
    state = stable.withRemoteOffer(offer, new Agreement(lines, transports, data));
    transceivers.offer(lines, withNew, offer);
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
    MLines lines = AnsweredLines.of(answer, offer, state.lines());
    List<NegotiatedTransport> transports =
        new RemoteTransports(answer, lines, lastAgreed()).answered();
    Agreement agreement = new Agreement(lines.settled(), transports, data(answer, lines));
    state = state.withRemoteAnswer(answer, isFinal, agreement);
    transceivers.answer(new AppliedAnswer(lines, offer, answer, false, isFinal));
    settle(isFinal);
  }

  /** A provisional answer has begun a DTLS association, which the final one may replace. */
  private NegotiationState lastAgreed() {
    return switch (state.signaling()) {
      case HAVE_LOCAL_PRANSWER, HAVE_REMOTE_PRANSWER -> state;
      default -> stable;
    };
  }

  private static @Nullable NegotiatedData data(SessionDescription remote, MLines lines)
      throws JsepException {
    int index = lines.dataIndex();
    return index < 0 ? null : DataSection.read(remote.media().get(index), lines.list().get(index));
  }

  /** W3C WebRTC section 4.4.1.5: a rollback undoes an offer, and nothing after a pranswer. */
  private void rollback() throws JsepException {
    requireState("rollback", SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_OFFER);
    state = stable;
    transceivers.rollBack(stable.lines());
    forgetCreated();
  }

  private void settle(boolean isStable) {
    if (isStable) {
      stable = state;
      restarts.settle(state);
      transceivers.settle(state.lines());
      forgetCreated();
      localCandidates.keySet().retainAll(state.lines().transports());
    }
  }

  private void forgetCreated() {
    lastOffer = null;
    lastAnswer = null;
  }

  /**
   * Adds a gathered candidate to the local descriptions.
   *
   * @param candidate {@code candidate:…} without {@code a=}
   */
  public void addLocalCandidate(int transport, String candidate) {
    localCandidates.computeIfAbsent(transport, index -> new LocalCandidates()).add(candidate);
  }

  /** They are gathered again, for an ICE restart. */
  public void restartLocalCandidates(int transport) {
    localCandidates.remove(transport);
  }

  /** Our ufrag of a transport in the newest local description; null without one. */
  public @Nullable String localUfrag(int transport) {
    SessionDescription pending = state.pendingLocal();
    SessionDescription local = pending == null ? state.currentLocal() : pending;
    List<Integer> sections = state.lines().on(transport);
    return local == null || sections.isEmpty()
        ? null
        : local.iceUfrag(local.media().get(sections.get(0)));
  }

  /** Adds {@code a=end-of-candidates}. */
  public void endOfLocalCandidates(int transport) {
    localCandidates.computeIfAbsent(transport, index -> new LocalCandidates()).end();
  }

  /**
   * Checks where a remote candidate belongs and adds it to the remote description.
   *
   * @param candidate empty for the end of candidates
   * @return the indices of the {@link #transports()} that it belongs to; none for those of rejected
   *     sections, which are of no use
   */
  public SortedSet<Integer> addRemoteCandidate(
      String candidate, @Nullable String mid, @Nullable Integer mLineIndex, @Nullable String ufrag)
      throws JsepException {
    requireOpen("addIceCandidate");
    TrickledCandidate.Added added =
        new TrickledCandidate(candidate, mid, mLineIndex, ufrag).addTo(state);
    state = added.state();
    // A rollback keeps the candidates of the current description.
    stable = stable.withRemotes(state.currentRemote(), null);
    return added.transports();
  }

  /** The remote's candidates for one of the {@link #transports()}, trickled ones included. */
  public List<CandidateAttribute> remoteCandidates(int transport) {
    return RemoteCandidates.ofTransport(state, transport).candidates();
  }

  /** Whether the remote said that {@link #remoteCandidates} are all. */
  public boolean remoteCandidatesEnded(int transport) {
    return RemoteCandidates.ofTransport(state, transport).hasEndOfCandidates();
  }

  public @Nullable SessionDescription currentLocalDescription() {
    return LocalCandidates.addTo(state.currentLocal(), state.currentLines(), localCandidates);
  }

  public @Nullable SessionDescription pendingLocalDescription() {
    return LocalCandidates.addTo(state.pendingLocal(), state.lines(), localCandidates);
  }

  public @Nullable SessionDescription currentRemoteDescription() {
    return state.currentRemote();
  }

  public @Nullable SessionDescription pendingRemoteDescription() {
    return state.pendingRemote();
  }

  /** Mid of the application section, null before there is one. */
  public @Nullable String dataMid() {
    return state.lines().dataMid();
  }

  /**
   * The transports that the newest descriptions use, by their index, each with its sections. Before
   * an answer an offer of ours may have several that the answer makes one.
   */
  public List<LocalSections> localSections() {
    return LocalSections.of(state.lines());
  }

  /** Those that the newest remote description agreed to or offers, in the order of their index. */
  public List<NegotiatedTransport> transports() {
    return state.transports();
  }

  /** Null when the remote has no usable application section. */
  public @Nullable NegotiatedData data() {
    return state.data();
  }

  public void close() {
    state = state.closed();
  }

  private SessionDescription shown(CreatedDescription bare) {
    return present(LocalCandidates.addTo(bare.description(), bare.lines(), localCandidates));
  }

  /** W3C WebRTC section 4.4.1.5: a local description must be the newest that was created. */
  private static CreatedDescription requireUnaltered(
      @Nullable SessionDescription description, @Nullable CreatedDescription created)
      throws JsepException {
    // Candidates may have come in between.
    if (description == null
        || created == null
        || !LocalCandidates.removeFrom(description).equals(created.description())) {
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
