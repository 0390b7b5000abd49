package org.purertc.samples.bench;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.samples.signaling.CandidateMode;
import org.purertc.samples.signaling.Negotiator;
import org.purertc.samples.signaling.SignalingMessage;

/** One end of a measured pair, with its channel {@code bench}. */
final class BenchPeer implements AutoCloseable {
  private final RTCPeerConnection peer;
  private final Negotiator negotiator;
  private final CompletableFuture<RTCDataChannel> channel = new CompletableFuture<>();

  /**
   * @param attach called with the channel before its first message
   */
  private BenchPeer(
      RTCPeerConnection peer,
      boolean offers,
      Consumer<SignalingMessage> out,
      Consumer<RTCDataChannel> attach) {
    this.peer = peer;
    negotiator =
        new Negotiator(
            peer,
            CandidateMode.TRICKLE_WITHOUT_END,
            out,
            reason -> channel.completeExceptionally(new IllegalStateException(reason)));
    if (offers) {
      open(peer.createDataChannel("bench"), attach);
    } else {
      peer.onDataChannel(it -> open(it, attach));
    }
  }

  private void open(RTCDataChannel created, Consumer<RTCDataChannel> attach) {
    attach.accept(created);
    var unused =
        created
            .opened()
            .whenComplete(
                (open, lost) -> {
                  if (lost == null) {
                    channel.complete(created);
                  } else {
                    channel.completeExceptionally(lost);
                  }
                });
  }

  static BenchPeer offerer(
      PeerSource peers, Consumer<SignalingMessage> out, Consumer<RTCDataChannel> attach) {
    return new BenchPeer(peers.create(), true, out, attach);
  }

  static BenchPeer answerer(
      PeerSource peers, Consumer<SignalingMessage> out, Consumer<RTCDataChannel> attach) {
    return new BenchPeer(peers.create(), false, out, attach);
  }

  void offer() {
    negotiator.offer();
  }

  void receive(SignalingMessage message) {
    negotiator.receive(message);
  }

  /** The open channel. */
  CompletableFuture<RTCDataChannel> channel() {
    return channel;
  }

  @Nullable String failureReason() {
    return peer.failureReason();
  }

  @Override
  public void close() {
    peer.close();
  }
}
