package org.purertc.samples.signaling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.signaling.SignalingMessage.Candidate;
import org.purertc.samples.signaling.SignalingMessage.Description;
import org.purertc.samples.signaling.SignalingMessage.Failure;

/**
 * Connects one peer with its signalling: sends what the peer wants to tell, and gives it what
 * arrives in an order that it may take.
 *
 * <p>May be called from any thread.
 */
public final class Negotiator {
  /** A browser sends about a dozen; whoever sends more than this before its description is lost. */
  private static final int MAX_EARLY_CANDIDATES = 256;

  private final RTCPeerConnection peer;
  private final CandidateMode mode;
  private final Consumer<SignalingMessage> out;
  private final Consumer<String> onFailure;
  private final Object lock = new Object();
  private final List<RTCIceCandidate> early = new ArrayList<>();
  private boolean remoteDescribed;

  /**
   * @param out carries a message to the other side; called in the order that it needs
   * @param onFailure told in one line why there will be no connection
   */
  public Negotiator(
      RTCPeerConnection peer,
      CandidateMode mode,
      Consumer<SignalingMessage> out,
      Consumer<String> onFailure) {
    this.peer = peer;
    this.mode = mode;
    this.out = out;
    this.onFailure = onFailure;
    if (mode == CandidateMode.IN_DESCRIPTION) {
      peer.onLocalDescription(withoutCandidates -> sendWhenGathered());
    } else {
      peer.onLocalDescription(description -> out.accept(new Description(description)));
      peer.onIceCandidate(this::send);
    }
  }

  /** Makes the offer and sends it. */
  public void offer() {
    var unused = peer.setLocalDescription().whenComplete(this::check);
  }

  /** Takes one message of the other side. */
  public void receive(SignalingMessage message) {
    if (message instanceof Description it) {
      receive(it.description());
    } else if (message instanceof Candidate it) {
      receive(it.candidate());
    } else if (message instanceof Failure it) {
      onFailure.accept(it.reason());
    }
  }

  private void receive(RTCSessionDescription description) {
    CompletableFuture<?> applied = peer.setRemoteDescription(description);
    if (description.type() == RTCSdpType.OFFER) {
      applied = applied.thenCompose(done -> peer.setLocalDescription());
    }
    var unused = applied.whenComplete(this::check);
    List<RTCIceCandidate> waiting;
    synchronized (lock) {
      remoteDescribed = true;
      waiting = List.copyOf(early);
      early.clear();
    }
    waiting.forEach(this::add);
  }

  private void receive(RTCIceCandidate candidate) {
    synchronized (lock) {
      // W3C WebRTC 4.4.2: addIceCandidate without a remote description is an InvalidStateError.
      if (!remoteDescribed) {
        if (early.size() < MAX_EARLY_CANDIDATES) {
          early.add(candidate);
        }
        return;
      }
    }
    add(candidate);
  }

  /** A candidate that this peer cannot use costs one path and not the connection. */
  private void add(RTCIceCandidate candidate) {
    var unused = peer.addIceCandidate(candidate);
  }

  private void send(RTCIceCandidate candidate) {
    if (mode == CandidateMode.TRICKLE || !candidate.candidate().isEmpty()) {
      out.accept(new Candidate(candidate));
    }
  }

  private void sendWhenGathered() {
    var unused =
        peer.gatheringComplete()
            .thenAccept(description -> out.accept(new Description(description)))
            .whenComplete(this::check);
  }

  private void check(@Nullable Object done, @Nullable Throwable thrown) {
    if (thrown == null) {
      return;
    }
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    String message = cause == null ? null : cause.getMessage();
    onFailure.accept(message == null ? String.valueOf(cause) : message);
  }
}
