package org.purertc.samples.signaling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
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
  private final Queue<SignalingMessage> outgoing = new ArrayDeque<>();
  private final List<RTCIceCandidate> earlyLocal = new ArrayList<>();
  private final List<RTCIceCandidate> earlyRemote = new ArrayList<>();
  private boolean sending;
  private boolean descriptionSent;
  private boolean descriptionReceived;
  private CompletableFuture<Boolean> received = CompletableFuture.completedFuture(true);

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
    var unused = describe().whenComplete(this::check);
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
    CompletableFuture<Boolean> turn = new CompletableFuture<>();
    CompletableFuture<Boolean> before;
    synchronized (lock) {
      before = received;
      received = turn;
    }
    var unused =
        before
            .thenCompose(done -> apply(description))
            .whenComplete(
                (done, thrown) -> {
                  turn.complete(true);
                  check(done, thrown);
                });
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
      outgoing.add(new Description(description));
      descriptionSent = true;
      earlyLocal.forEach(it -> outgoing.add(new Candidate(it)));
      earlyLocal.clear();
    }
    flush();
  }

  private void localCandidate(RTCIceCandidate candidate) {
    if (mode != CandidateMode.TRICKLE && candidate.candidate().isEmpty()) {
      return;
    }
    synchronized (lock) {
      if (!descriptionSent) {
        earlyLocal.add(candidate);
        return;
      }
      outgoing.add(new Candidate(candidate));
    }
    flush();
  }

  /**
   * Hands out what waits, in order and one at a time. Never with the lock: the other side may be in
   * this process, and answer at once.
   */
  private void flush() {
    synchronized (lock) {
      if (sending) {
        return;
      }
      sending = true;
    }
    for (SignalingMessage next = next(); next != null; next = next()) {
      out.accept(next);
    }
  }

  private @Nullable SignalingMessage next() {
    synchronized (lock) {
      SignalingMessage message = outgoing.poll();
      sending = message != null;
      return message;
    }
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
