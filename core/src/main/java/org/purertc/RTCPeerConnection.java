package org.purertc;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a remote peer.
 *
 * <p>All methods may be called from any thread and return at once. What is read is a snapshot of
 * the event loop's state and may be ahead of the events. Operations take effect in the order of
 * their calls.
 *
 * <p><b>Handlers</b> run one after the other, in the order of the events: by default on a virtual
 * thread (JDK 21 and later) or a pool thread of the factory, else where {@link RTCConfiguration}
 * says. A handler may block, which delays the following handlers of this connection only; one that
 * throws is logged. Setting a handler replaces the one before, null removes it. Candidates, data
 * channels and negotiationneeded wait for their first handler.
 *
 * <p><b>Futures</b>: {@code join} and {@code get} may be called anywhere except on the event loop,
 * also in a handler. Dependent stages run where handlers run; a handler must not wait for one of
 * them. Completing or cancelling a future ends the caller's view only. Errors are {@link
 * RTCException}s.
 *
 * <p><b>A connection must be closed.</b> One that was not, and that nobody can reach any more (also
 * not through its handlers), is closed and reported when its factory creates the next one.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnection-interface">WebRTC 4.4,
 *     RTCPeerConnection</a>
 */
public final class RTCPeerConnection implements AutoCloseable {
  private final PeerCore core;

  /** Of the default factory, with the default configuration. */
  public RTCPeerConnection() {
    this(RTCConfiguration.DEFAULT);
  }

  /** Of the default factory. */
  public RTCPeerConnection(RTCConfiguration configuration) {
    this(PeerConnectionFactory.shared(), configuration);
  }

  RTCPeerConnection(PeerConnectionFactory factory, RTCConfiguration configuration) {
    this(factory.createCore(configuration));
    factory.watch(this, core);
  }

  RTCPeerConnection(PeerCore core) {
    this.core = core;
  }

  /**
   * Creates a reliable, ordered channel; {@link #createDataChannel(String, RTCDataChannelInit)}.
   */
  public RTCDataChannel createDataChannel(String label) {
    return createDataChannel(label, RTCDataChannelInit.DEFAULT);
  }

  /**
   * Creates a channel, which opens when the connection carries data.
   *
   * @param label any name, at most 65,535 bytes in UTF-8
   * @throws RTCException {@code TypeError} for options that exclude each other or are out of range,
   *     {@code OperationError} when the negotiated id is in use, {@code InvalidStateError} when
   *     this connection is closed
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-peerconnection-createdatachannel">WebRTC 6.1,
   *     createDataChannel()</a>
   */
  public RTCDataChannel createDataChannel(String label, RTCDataChannelInit init) {
    return core.createDataChannel(label, init);
  }

  /**
   * Sends a track, in streams that the remote peer sees it in; a negotiation is needed then.
   *
   * @return the sender, new or one that was unused
   * @throws RTCException {@code InvalidAccessError} when the track is sent already, {@code
   *     InvalidStateError} when this connection is closed
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addtrack">WebRTC 5.1,
   *     addTrack()</a>
   */
  public RTCRtpSender addTrack(MediaStreamTrack track, MediaStream... streams) {
    return core.media().addTrack(track, List.of(streams));
  }

  /**
   * Stops sending a track; its sender stays, without a track.
   *
   * @throws RTCException {@code InvalidAccessError} for a sender of another connection, {@code
   *     InvalidStateError} when this connection is closed
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-removetrack">WebRTC 5.1,
   *     removeTrack()</a>
   */
  public void removeTrack(RTCRtpSender sender) {
    core.media().removeTrack(sender);
  }

  /**
   * Sends and receives a kind of media; {@link #addTransceiver(MediaKind, RTCRtpTransceiverInit)}.
   */
  public RTCRtpTransceiver addTransceiver(MediaKind kind) {
    return addTransceiver(kind, RTCRtpTransceiverInit.DEFAULT);
  }

  /**
   * Adds a transceiver without a track.
   *
   * @throws RTCException {@code TypeError} or {@code RangeError} for options that are out of range,
   *     {@code InvalidStateError} when this connection is closed
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-addtransceiver">WebRTC 5.1,
   *     addTransceiver()</a>
   */
  public RTCRtpTransceiver addTransceiver(MediaKind kind, RTCRtpTransceiverInit init) {
    return core.media().addTransceiver(kind, null, init);
  }

  /** Adds a transceiver that sends a track. */
  public RTCRtpTransceiver addTransceiver(MediaStreamTrack track, RTCRtpTransceiverInit init) {
    return core.media().addTransceiver(track.kind(), track, init);
  }

  /** All transceivers, also those that remote offers made, in the order of their creation. */
  public List<RTCRtpTransceiver> getTransceivers() {
    return core.media().getTransceivers();
  }

  /** The senders of all transceivers that are not stopped. */
  public List<RTCRtpSender> getSenders() {
    return core.media().getSenders();
  }

  /** The receivers of all transceivers that are not stopped. */
  public List<RTCRtpReceiver> getReceivers() {
    return core.media().getReceivers();
  }

  /**
   * Statistics of everything.
   *
   * @return fails with {@code InvalidStateError} when this connection is closed
   * @see <a
   *     href="https://www.w3.org/TR/webrtc/#widl-RTCPeerConnection-getStats-Promise-RTCStatsReport--MediaStreamTrack-selector">WebRTC
   *     8.2, getStats()</a>
   */
  public CompletableFuture<RTCStatsReport> getStats() {
    return core.getStats(null, false);
  }

  /**
   * Statistics of what one track is sent or received by, and of all that they refer to.
   *
   * @return fails with {@code InvalidAccessError} unless exactly one sender or receiver of this
   *     connection has the track
   */
  public CompletableFuture<RTCStatsReport> getStats(MediaStreamTrack selector) {
    return core.media().getStats(selector);
  }

  /**
   * Describes what this side wants.
   *
   * @return fails with {@code InvalidStateError} when an offer does not fit the signaling state
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createoffer">WebRTC 4.4.2,
   *     createOffer()</a>
   */
  public CompletableFuture<RTCSessionDescription> createOffer() {
    return createOffer(RTCOfferOptions.DEFAULT);
  }

  /**
   * Creates an offer with options; {@link #createOffer()}.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#dictionary-rtcofferoptions-members">WebRTC 4.2.5,
   *     RTCOfferOptions</a>
   */
  public CompletableFuture<RTCSessionDescription> createOffer(RTCOfferOptions options) {
    return core.operations().createOffer(options);
  }

  /**
   * Asks for an ICE restart: the next offer, for which {@link #onNegotiationNeeded} is called, has
   * new credentials, addresses are gathered again and the path is sought anew. Data flows over the
   * old path until a new one is found; DTLS, channels and tracks go on. It is the way out of {@link
   * RTCIceConnectionState#FAILED}. Before the first negotiation it does nothing.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-restartice">WebRTC 4.4.2,
   *     restartIce()</a>
   */
  public void restartIce() {
    core.operations().restartIce();
  }

  /**
   * Describes this side's reply to the remote offer.
   *
   * @return fails with {@code InvalidStateError} when there is no remote offer
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-createanswer">WebRTC 4.4.2,
   *     createAnswer()</a>
   */
  public CompletableFuture<RTCSessionDescription> createAnswer() {
    return core.operations().createAnswer();
  }

  /**
   * Creates the offer or answer that the signaling state asks for and applies it, which starts
   * gathering.
   *
   * @return the applied description (W3C resolves with nothing)
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-peerconnection-setlocaldescription">WebRTC
   *     4.4.2, setLocalDescription()</a>
   */
  public CompletableFuture<RTCSessionDescription> setLocalDescription() {
    return core.operations().setLocalDescription(null);
  }

  /**
   * Applies a description that {@link #createOffer} or {@link #createAnswer} made, which starts
   * gathering. An empty SDP means a new description of that type.
   *
   * @return the applied description; fails with {@code InvalidStateError} when it does not fit the
   *     signaling state, {@code InvalidModificationError} when it was altered, {@code
   *     OperationError} when it cannot be read
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-peerconnection-setlocaldescription">WebRTC
   *     4.4.2, setLocalDescription()</a>
   */
  public CompletableFuture<RTCSessionDescription> setLocalDescription(
      RTCSessionDescription description) {
    return core.operations().setLocalDescription(description);
  }

  /**
   * Applies the remote side's description; an offer rolls a local offer back first, and the
   * signaling state is stable in between.
   *
   * @return fails with {@code InvalidStateError} when it does not fit the signaling state, {@code
   *     InvalidAccessError} when it lacks what a connection needs, {@code OperationError} when it
   *     cannot be read; the message names the line
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-peerconnection-setremotedescription">WebRTC
   *     4.4.2, setRemoteDescription()</a>
   */
  public CompletableFuture<Void> setRemoteDescription(RTCSessionDescription description) {
    return core.operations().setRemoteDescription(description);
  }

  /**
   * Adds a candidate of the remote side; one that cannot be used here ({@code .local} names) is
   * passed over.
   *
   * @param candidate null, or one with empty text, for the end of candidates
   * @return fails with {@code InvalidStateError} before a remote description, {@code TypeError}
   *     without mid and index, {@code OperationError} when it cannot be read or belongs nowhere
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-peerconnection-addicecandidate">WebRTC 4.4.2,
   *     addIceCandidate()</a>
   */
  public CompletableFuture<Void> addIceCandidate(@Nullable RTCIceCandidate candidate) {
    return core.operations().addIceCandidate(candidate);
  }

  /** The pending local description, else the current one, with the candidates so far. */
  public @Nullable RTCSessionDescription localDescription() {
    return core.snapshot.localDescription();
  }

  /** The pending remote description, else the current one, with the candidates so far. */
  public @Nullable RTCSessionDescription remoteDescription() {
    return core.snapshot.remoteDescription();
  }

  /** Where offer and answer stand. */
  public RTCSignalingState signalingState() {
    return core.snapshot.signalingState;
  }

  /** Whether local candidates are being gathered. */
  public RTCIceGatheringState iceGatheringState() {
    return core.snapshot.iceGatheringState;
  }

  /** The state of the path. */
  public RTCIceConnectionState iceConnectionState() {
    return core.snapshot.iceConnectionState;
  }

  /**
   * The state of path and encryption together. It is {@code closed} only after a close on this
   * side; when the remote side closes its connection it is {@code failed} at once, and {@link
   * #failureReason} says so.
   *
   * <p>As in W3C it says nothing of the association on top: when that fails, every data channel
   * gets its error and close events, {@link #sctp} is {@code closed}, {@link #failureReason} says
   * why, and this state stays what it was. Only a new connection brings data channels back.
   */
  public RTCPeerConnectionState connectionState() {
    return core.snapshot.connectionState;
  }

  /** Null until an application m-line was negotiated. */
  public @Nullable RTCSctpTransport sctp() {
    return core.snapshot.dataNegotiated ? core.snapshot.sctp : null;
  }

  /** Completes with the local description that holds all candidates. */
  public CompletableFuture<RTCSessionDescription> gatheringComplete() {
    return core.gatheringComplete();
  }

  /** Completes when this connection is closed and has freed everything. */
  public CompletableFuture<Void> closed() {
    return core.closed();
  }

  /**
   * Sets the handler called when offer and answer must be exchanged: in the stable state, when no
   * operation of this connection waits, once until the next negotiation.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#dfn-update-the-negotiation-needed-flag">WebRTC
   *     4.7.3, negotiation-needed flag</a>
   */
  public void onNegotiationNeeded(@Nullable Runnable handler) {
    core.operations().onNegotiationNeeded(handler);
  }

  /**
   * Sets the handler of local descriptions, called with each one that was applied, always before
   * the candidates that belong to it (an addition to W3C).
   *
   * <p>JavaScript has one thread, so what follows {@code await setLocalDescription()} runs before
   * the first candidate event. A stage of the returned future gives the same order only inside a
   * handler; this event gives it everywhere: send descriptions and candidates from the two
   * handlers, and they reach the other side in the order that it needs.
   */
  public void onLocalDescription(@Nullable Consumer<RTCSessionDescription> handler) {
    core.events.localDescription.set(handler);
  }

  /**
   * Each local candidate, after the description that it belongs to ({@link #onLocalDescription});
   * the last one has an empty candidate string.
   */
  public void onIceCandidate(@Nullable Consumer<RTCIceCandidate> handler) {
    core.events.iceCandidate.set(handler);
  }

  /**
   * Sets the handler of STUN and TURN servers that gave no candidate: out of reach, a wrong
   * credential, no address left. Gathering goes on with the others.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#event-icecandidateerror">WebRTC 4.8.2,
   *     icecandidateerror</a>
   */
  public void onIceCandidateError(@Nullable Consumer<RTCPeerConnectionIceErrorEvent> handler) {
    core.events.iceCandidateError.set(handler);
  }

  /** Sets the handler of signaling state changes. */
  public void onSignalingStateChange(@Nullable Consumer<RTCSignalingState> handler) {
    core.events.signalingStateChange.set(handler);
  }

  /** Sets the handler of gathering state changes. */
  public void onIceGatheringStateChange(@Nullable Consumer<RTCIceGatheringState> handler) {
    core.events.iceGatheringStateChange.set(handler);
  }

  /** Sets the handler of changes of the path's state. */
  public void onIceConnectionStateChange(@Nullable Consumer<RTCIceConnectionState> handler) {
    core.events.iceConnectionStateChange.set(handler);
  }

  /** Sets the handler of {@link #connectionState} changes. */
  public void onConnectionStateChange(@Nullable Consumer<RTCPeerConnectionState> handler) {
    core.events.connectionStateChange.set(handler);
  }

  /**
   * Sets the handler of channels that the remote side opened. Events and messages of a channel come
   * after this handler returned, so handlers set inside it miss nothing.
   */
  public void onDataChannel(@Nullable Consumer<RTCDataChannel> handler) {
    core.events.dataChannel.set(handler);
  }

  /**
   * Sets the handler of tracks that the remote peer begins to send. Frames of a track come after
   * this handler returned, so an {@link MediaStreamTrack#onFrame} set inside it misses nothing.
   *
   * <p>A handler that adds tracks or changes directions takes part in the answer when the answer is
   * made in a stage of the future: {@code setRemoteDescription(offer).thenCompose(done ->
   * setLocalDescription())}. Whoever waits with {@code join()} instead may be ahead of the handler.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#event-track">WebRTC 5.7, track</a>
   */
  public void onTrack(@Nullable Consumer<RTCTrackEvent> handler) {
    core.events.track.set(handler);
  }

  /**
   * Why the connection is {@code failed}, or why its data channels ended by an error while the path
   * is sound, in one line; null otherwise.
   */
  public @Nullable String failureReason() {
    return core.snapshot.failureReason();
  }

  /**
   * Closes at once, as W3C's close: no event comes after it, unsent data is discarded, the remote
   * side is told best-effort. May be called anywhere, also twice and in a handler; never blocks.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcpeerconnection-close">WebRTC 4.4.2,
   *     close()</a>
   */
  @Override
  public void close() {
    core.close();
  }

  /**
   * Takes no more messages, waits for empty buffers and the SCTP shutdown, then closes; after
   * {@code limit} regardless.
   *
   * @return completes when this connection is closed
   */
  public CompletableFuture<Void> closeGracefully(Duration limit) {
    return core.closeGracefully(limit);
  }
}
