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

  Peers(PeerConnectionFactory factory, RTCConfiguration configuration) {
    a = factory.createPeerConnection(configuration);
    b = factory.createPeerConnection(configuration);
    b.onDataChannel(incoming::add);
  }

  /** Candidates travel as they come. */
  void trickle() {
    a.onIceCandidate(candidate -> add(b, candidate));
    b.onIceCandidate(candidate -> add(a, candidate));
  }

  private static void add(RTCPeerConnection peer, RTCIceCandidate candidate) {
    CompletableFuture<Void> unused = peer.addIceCandidate(candidate);
  }

  /** Offer and answer; each description travels before the candidates that follow it. */
  void negotiate() {
    await(negotiation());
  }

  CompletableFuture<Void> negotiation() {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    a.onLocalDescription(offer -> answer(offer, answered));
    b.onLocalDescription(answer -> follow(a.setRemoteDescription(answer), answered));
    failWith(a.setLocalDescription(), answered);
    return answered;
  }

  private void answer(RTCSessionDescription offer, CompletableFuture<Void> answered) {
    failWith(b.setRemoteDescription(offer), answered);
    failWith(b.setLocalDescription(), answered);
  }

  private static void follow(CompletableFuture<Void> last, CompletableFuture<Void> answered) {
    CompletableFuture<Void> unused = last.thenAccept(answered::complete);
    failWith(last, answered);
  }

  private static void failWith(CompletableFuture<?> step, CompletableFuture<Void> answered) {
    CompletableFuture<?> unused =
        step.exceptionally(
            reason -> {
              answered.completeExceptionally(reason);
              return null;
            });
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
