package org.purertc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.JsepException;
import org.purertc.internal.peer.Descriptions.Described;
import org.purertc.internal.peer.Negotiation;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/**
 * What W3C chains, WebRTC section 4.4.1.2: offers, answers, descriptions and candidates, one after
 * the other, and the event that waits for all of them. Any thread.
 */
final class PeerOperations {
  private static final Logger LOG = System.getLogger("org.purertc.peer");

  private final PeerThreads threads;
  private final Negotiation negotiation;
  private final PeerEvents events;
  private final PeerSnapshot snapshot;
  private final BooleanSupplier closed;

  PeerOperations(
      PeerThreads threads,
      Negotiation negotiation,
      PeerEvents events,
      PeerSnapshot snapshot,
      BooleanSupplier closed) {
    this.threads = threads;
    this.negotiation = negotiation;
    this.events = events;
    this.snapshot = snapshot;
    this.closed = closed;
  }

  /** In the order of the operations; an exception of the operation fails the future. */
  LoopFuture<Void> run(String call, Runnable operation) {
    return operation(
        call,
        () -> {
          operation.run();
          return null;
        });
  }

  void onNegotiationNeeded(@Nullable Runnable handler) {
    events.negotiationNeeded.set(
        handler == null
            ? (Consumer<RTCSignalingState>) null
            : unused -> deliverNegotiationNeeded(handler));
  }

  /** W3C WebRTC section 4.7.3: the event waits for what the user asked for in the meantime. */
  private void deliverNegotiationNeeded(Runnable handler) {
    if (!snapshot.negotiationNeeded) {
      return; // the user negotiated in the meantime, or this event came twice
    }
    snapshot.negotiationNeeded = false;
    if (negotiation.operations().isEmpty()) {
      handler.run();
    } else if (!closed.getAsBoolean()) {
      threads.commands().submit(this::renewNegotiationNeeded);
    }
  }

  private void renewNegotiationNeeded() {
    if (!snapshot.negotiationNeeded) { // else another event is on its way
      negotiation.renewNegotiationNeeded();
    }
  }

  LoopFuture<RTCSessionDescription> createOffer(RTCOfferOptions options) {
    return operation(
        "createOffer",
        () -> created(RTCSdpType.OFFER, negotiation.createOffer(options.iceRestart())));
  }

  void restartIce() {
    if (!closed.getAsBoolean()) {
      threads.commands().submit(negotiation::restartIce);
    }
  }

  LoopFuture<RTCSessionDescription> createAnswer() {
    return operation("createAnswer", () -> created(RTCSdpType.ANSWER, negotiation.createAnswer()));
  }

  LoopFuture<RTCSessionDescription> setLocalDescription(
      @Nullable RTCSessionDescription description) {
    if (description == null) {
      return operation("setLocalDescription", () -> announced(negotiation.setLocal(null, null)));
    }
    return parsed(
        description,
        sdp ->
            operation(
                "setLocalDescription",
                () -> {
                  Described local = negotiation.setLocal(type(description), sdp);
                  boolean rollback = description.type() == RTCSdpType.ROLLBACK;
                  return rollback ? applied(local) : announced(local);
                }),
        reason -> operation("setLocalDescription", () -> unreadable(reason)));
  }

  LoopFuture<Void> setRemoteDescription(RTCSessionDescription description) {
    return parsed(
        description,
        sdp ->
            operation(
                "setRemoteDescription",
                () -> {
                  negotiation.setRemote(type(description), sdp);
                  return null;
                }),
        reason ->
            operation(
                "setRemoteDescription",
                () -> {
                  negotiation.refuseRemote(type(description), reason);
                  return null;
                }));
  }

  LoopFuture<Void> addIceCandidate(@Nullable RTCIceCandidate candidate) {
    return operation(
        "addIceCandidate",
        () -> {
          if (candidate == null) {
            negotiation.addRemoteCandidate("", null, null, null);
          } else {
            negotiation.addRemoteCandidate(
                candidate.candidate(),
                candidate.sdpMid(),
                candidate.sdpMLineIndex(),
                candidate.usernameFragment());
          }
          return null;
        });
  }

  /** An operation on the loop; as commands keep their order, so do operations. */
  private <T> LoopFuture<T> operation(String call, Operation<T> operation) {
    LoopFuture<T> future = threads.newFuture();
    if (closed.getAsBoolean()) {
      future.fail(PeerCore.closedError(call)); // the loop may be gone
    } else {
      negotiation.operations().add();
      threads.commands().submit(() -> run(call, operation, future));
    }
    return future;
  }

  private <T> void run(String call, Operation<T> operation, LoopFuture<T> future) {
    try {
      if (closed.getAsBoolean()) {
        future.fail(PeerCore.closedError(call));
      } else {
        future.settle(operation.run());
      }
    } catch (JsepException e) {
      future.fail(new RTCException(e.name(), call + ": " + e.getMessage()));
    } catch (RTCException e) {
      future.fail(e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, call + " failed", e);
      future.fail(new RTCException("OperationError", call + ": " + e));
    } finally {
      negotiation.endOperation();
    }
  }

  /** W3C WebRTC section 4.4.1.5: an SDP that cannot be read is an error of the operation. */
  private static <T> LoopFuture<T> parsed(
      RTCSessionDescription description,
      Parsed<T> then,
      Function<String, LoopFuture<T>> unreadable) {
    SessionDescription sdp = null;
    try {
      if (!description.sdp().isEmpty()) {
        sdp = SessionDescription.parse(description.sdp());
      }
    } catch (SdpException e) {
      return unreadable.apply(String.valueOf(e.getMessage()));
    }
    return then.accept(sdp);
  }

  private static RTCSessionDescription unreadable(String reason) throws JsepException {
    throw new JsepException("OperationError", reason);
  }

  private static DescriptionType type(RTCSessionDescription description) {
    return DescriptionType.valueOf(description.type().name());
  }

  /** Its candidates come later in this turn, so they follow it in the queue of events. */
  private RTCSessionDescription announced(@Nullable Described local) {
    RTCSessionDescription description = applied(local);
    events.localDescription.fire(description);
    return description;
  }

  /** After a rollback of the first offer there is no description. */
  private static RTCSessionDescription applied(@Nullable Described local) {
    RTCSessionDescription description = PeerSnapshot.described(local);
    return description == null ? new RTCSessionDescription(RTCSdpType.ROLLBACK, "") : description;
  }

  private static RTCSessionDescription created(RTCSdpType type, SessionDescription description) {
    return new RTCSessionDescription(type, description.toString());
  }

  /** What runs on the loop. */
  @FunctionalInterface
  private interface Operation<T> {
    @Nullable T run() throws JsepException;
  }

  /** What follows a description that could be read; null for an empty one. */
  @FunctionalInterface
  private interface Parsed<T> {
    LoopFuture<T> accept(@Nullable SessionDescription description);
  }
}
