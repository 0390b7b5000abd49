package org.purertc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two peer connections of one factory on loopback, and waiting with a limit. */
final class Peers implements AutoCloseable {
  static final long LIMIT_SECONDS = 20;

  final RTCPeerConnection a;
  final RTCPeerConnection b;
  final BlockingQueue<RTCDataChannel> incoming = new LinkedBlockingQueue<>();

  private final CompletableFuture<Void> offered = new CompletableFuture<>();
  private final CompletableFuture<Void> answered = new CompletableFuture<>();

  Peers(PeerConnectionFactory factory, RTCConfiguration configuration) {
    a = factory.createPeerConnection(configuration);
    b = factory.createPeerConnection(configuration);
    b.onDataChannel(incoming::add);
  }

  /** Candidates travel as they come, but none overtakes the description that it belongs to. */
  void trickle() {
    a.onIceCandidate(candidate -> add(offered, b, candidate));
    b.onIceCandidate(candidate -> add(answered, a, candidate));
  }

  private static void add(
      CompletableFuture<Void> described, RTCPeerConnection peer, RTCIceCandidate candidate) {
    CompletableFuture<Void> unused =
        described.thenCompose(done -> peer.addIceCandidate(candidate));
  }

  /** Offer, answer; nobody waits for candidates. */
  void negotiate() {
    await(negotiation());
  }

  CompletableFuture<Void> negotiation() {
    return a.setLocalDescription()
        .thenCompose(b::setRemoteDescription)
        .thenRun(() -> offered.complete(null))
        .thenCompose(done -> b.setLocalDescription())
        .thenCompose(a::setRemoteDescription)
        .thenRun(() -> answered.complete(null));
  }

  /** Offer and answer that hold all candidates. */
  void negotiateWithoutTrickle() {
    await(a.setLocalDescription());
    await(b.setRemoteDescription(await(a.gatheringComplete())));
    await(b.setLocalDescription());
    await(a.setRemoteDescription(await(b.gatheringComplete())));
  }

  /** The channel that b got. */
  RTCDataChannel takeIncoming() {
    try {
      RTCDataChannel channel = incoming.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (channel == null) {
        throw new AssertionError("No data channel came; " + describe());
      }
      return channel;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String describe() {
    return describe("a", a) + "; " + describe("b", b);
  }

  private static String describe(String name, RTCPeerConnection peer) {
    return name
        + " "
        + peer.connectionState()
        + ", ice "
        + peer.iceConnectionState()
        + ", reason "
        + peer.failureReason();
  }

  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The future did not complete", e);
    }
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
