package org.purertc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** W3C WebRTC section 4.4. */
public final class RTCPeerConnection implements AutoCloseable {

  /** Of the default factory, with the default configuration. */
  public RTCPeerConnection() {
    this(RTCConfiguration.DEFAULT);
  }

  /** Of the default factory. */
  public RTCPeerConnection(RTCConfiguration configuration) {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCDataChannel createDataChannel(String label) {
    return createDataChannel(label, RTCDataChannelInit.DEFAULT);
  }

  public RTCDataChannel createDataChannel(String label, RTCDataChannelInit init) {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<RTCSessionDescription> createOffer() {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<RTCSessionDescription> createAnswer() {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<RTCSessionDescription> setLocalDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<RTCSessionDescription> setLocalDescription(
      RTCSessionDescription description) {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<Void> setRemoteDescription(RTCSessionDescription description) {
    throw new UnsupportedOperationException("skeleton");
  }

  public CompletableFuture<Void> addIceCandidate(@Nullable RTCIceCandidate candidate) {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable RTCSessionDescription localDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable RTCSessionDescription remoteDescription() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCSignalingState signalingState() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCIceGatheringState iceGatheringState() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCIceConnectionState iceConnectionState() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCPeerConnectionState connectionState() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Null until an application m-line was negotiated. */
  public @Nullable RTCSctpTransport sctp() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Completes with the local description that holds all candidates. */
  public CompletableFuture<RTCSessionDescription> gatheringComplete() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Completes when this connection is closed. */
  public CompletableFuture<Void> closed() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onNegotiationNeeded(@Nullable Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Each local candidate; the last one has an empty candidate string. */
  public void onIceCandidate(@Nullable Consumer<RTCIceCandidate> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onSignalingStateChange(@Nullable Consumer<RTCSignalingState> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onIceGatheringStateChange(@Nullable Consumer<RTCIceGatheringState> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onIceConnectionStateChange(@Nullable Consumer<RTCIceConnectionState> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onConnectionStateChange(@Nullable Consumer<RTCPeerConnectionState> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void onDataChannel(@Nullable Consumer<RTCDataChannel> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Why the connection is {@code failed}, in one line; null otherwise. */
  public @Nullable String failureReason() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Waits for empty buffers and the SCTP shutdown, then closes; after {@code limit} regardless. */
  public CompletableFuture<Void> closeGracefully(Duration limit) {
    throw new UnsupportedOperationException("skeleton");
  }
}
