package org.purertc.samples.signaling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
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
  private final List<RTCIceCandidate> earlyLocal = new ArrayList<>();
  private final List<RTCIceCandidate> earlyRemote = new ArrayList<>();
  private boolean descriptionSent;
  private boolean descriptionReceived;
  private CompletableFuture<?> received = CompletableFuture.completedFuture(null);

  /**
   * @param out carries a message to the other side
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
    if (mode != CandidateMode.IN_DESCRIPTION) {
      peer.onIceCandidate(this::localCandidate);
    }
  }

  /** Makes the offer and sends it. */
  public void offer() {
    describe().exceptionally(this::failed);
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
    synchronized (lock) {
      received = received.thenCompose(done -> apply(description));
      received.exceptionally(this::failed);
    }
  }

  private CompletableFuture<?> apply(RTCSessionDescription description) {
    return peer.setRemoteDescription(description)
        .thenCompose(
            done -> {
              remoteDescribed();
              return description.type() == RTCSdpType.OFFER
                  ? describe()
                  : CompletableFuture.completedFuture(null);
            });
  }

  private void remoteDescribed() {
    List<RTCIceCandidate> waiting;
    synchronized (lock) {
      descriptionReceived = true;
      waiting = List.copyOf(earlyRemote);
      earlyRemote.clear();
    }
    waiting.forEach(this::add);
  }

  private void receive(RTCIceCandidate candidate) {
    synchronized (lock) {
      // W3C WebRTC 4.4.2: addIceCandidate without a remote description is an InvalidStateError.
      if (!descriptionReceived) {
        if (earlyRemote.size() < MAX_EARLY_CANDIDATES) {
          earlyRemote.add(candidate);
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

  private CompletableFuture<?> describe() {
    CompletableFuture<RTCSessionDescription> local = peer.setLocalDescription();
    if (mode == CandidateMode.IN_DESCRIPTION) {
      local = local.thenCompose(done -> peer.gatheringComplete());
    }
    return local.thenAccept(this::send);
  }

  private void send(RTCSessionDescription description) {
    synchronized (lock) {
      out.accept(new Description(description));
      descriptionSent = true;
      earlyLocal.forEach(this::sendCandidate);
      earlyLocal.clear();
    }
  }

  private void localCandidate(RTCIceCandidate candidate) {
    synchronized (lock) {
      if (descriptionSent) {
        sendCandidate(candidate);
      } else {
        earlyLocal.add(candidate);
      }
    }
  }

  private void sendCandidate(RTCIceCandidate candidate) {
    if (mode == CandidateMode.TRICKLE || !candidate.candidate().isEmpty()) {
      out.accept(new Candidate(candidate));
    }
  }

  private <T> T failed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    String message = cause == null ? null : cause.getMessage();
    onFailure.accept(message == null ? String.valueOf(cause) : message);
    return null;
  }
}
