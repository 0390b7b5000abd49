package org.purertc.samples.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.purertc.MediaStreamTrack;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingMessage;

/** One end of a call: sends one track and gets one. */
final class MediaCall implements AutoCloseable {
  private final RTCPeerConnection peer;
  private final Negotiator negotiator;
  private final CompletableFuture<Void> connected = new CompletableFuture<>();

  private MediaCall(RTCPeerConnection peer, Consumer<SignalingMessage> out) {
    this.peer = peer;
    negotiator =
        new Negotiator(
            peer,
            CandidateMode.TRICKLE_WITHOUT_END,
            out,
            reason -> connected.completeExceptionally(new IllegalStateException(reason)));
    peer.onConnectionStateChange(this::changed);
  }

  private void changed(RTCPeerConnectionState state) {
    if (state == RTCPeerConnectionState.CONNECTED) {
      connected.complete(null);
    } else if (state == RTCPeerConnectionState.FAILED) {
      connected.completeExceptionally(new IllegalStateException("failed"));
    }
  }

  /** Sends back what comes, as it came. */
  static MediaCall echo(PeerSource peers, Consumer<SignalingMessage> out) {
    MediaCall call = new MediaCall(peers.create(), out);
    call.peer.onTrack(event -> call.peer.addTrack(event.track()));
    return call;
  }

  /** Offers to send {@code track}; {@code back} is given the track that the other end sends. */
  static MediaCall offer(
      PeerSource peers,
      MediaStreamTrack track,
      Consumer<SignalingMessage> out,
      Consumer<MediaStreamTrack> back) {
    MediaCall call = new MediaCall(peers.create(), out);
    call.peer.onTrack(event -> back.accept(event.track()));
    call.peer.addTrack(track);
    call.negotiator.offer();
    return call;
  }

  void receive(SignalingMessage message) {
    negotiator.receive(message);
  }

  CompletableFuture<Void> connected() {
    return connected;
  }

  @Override
  public void close() {
    peer.close();
  }
}
