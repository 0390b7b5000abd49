package org.purertc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.DescriptionType;
import org.purertc.internal.jsep.JsepException;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.internal.peer.ChannelPort;
import org.purertc.internal.peer.CommandQueue;
import org.purertc.internal.peer.Descriptions.Described;
import org.purertc.internal.peer.Negotiation;
import org.purertc.internal.peer.PeerEnvironment;
import org.purertc.internal.peer.PeerSession;
import org.purertc.sdp.MediaDirection;
import org.purertc.sdp.SdpException;
import org.purertc.sdp.SessionDescription;

/**
 * A peer connection apart from the object that its user holds, so that the loop does not keep that
 * object alive. Any thread; what acts is handed to the loop.
 */
final class PeerCore implements ChannelOwner {
  private static final Logger LOG = System.getLogger("org.purertc.peer");
  private static final String CLOSED_HERE = "the peer connection was closed here";

  final PeerEvents events;
  final PeerSnapshot snapshot;

  private final PeerThreads threads;
  private final PeerSession session;
  private final Consumer<PeerCore> onReleased;
  private final Set<RTCDataChannel> channels = ConcurrentHashMap.newKeySet();
  private final LoopFuture<RTCSessionDescription> gatheringComplete;
  private final LoopFuture<Void> released;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger consumedBytes = new AtomicInteger();
  private final Runnable reportConsumed = this::reportConsumed;
  private final PeerMedia media;

  /**
   * @param callbackExecutor where handlers run; null for the loop itself
   */
  PeerCore(
      PeerEnvironment environment,
      @Nullable Executor callbackExecutor,
      Consumer<PeerCore> onReleased) {
    Executor loop = environment.loop().loop();
    Callbacks callbacks = new Callbacks(callbackExecutor == null ? loop : callbackExecutor);
    threads = new PeerThreads(new CommandQueue(environment.loop().loop()), callbacks);
    events = new PeerEvents(callbacks);
    snapshot = new PeerSnapshot(this::refreshPath);
    gatheringComplete = threads.newFuture();
    released = threads.newFuture();
    this.onReleased = onReleased;
    session =
        new PeerSession(
            environment, new LoopEvents(snapshot, events, gatheringComplete, new LoopSide()));
    media = new PeerMedia(this);
  }

  PeerMedia media() {
    return media;
  }

  Callbacks callbacks() {
    return threads.callbacks();
  }

  /** Hands a request to the loop; nothing happens after the connection was closed. */
  void onLoop(Consumer<PeerSession> request) {
    if (!closed.get()) {
      threads
          .commands()
          .submit(
              () -> {
                if (!closed.get()) {
                  request.accept(session);
                }
              });
    }
  }

  RTCDataChannel createDataChannel(String label, RTCDataChannelInit init) {
    ChannelParameters parameters = ChannelOptions.check(label, init);
    if (closing.get()) {
      throw closedError("createDataChannel");
    }
    checkIdIsFree(parameters);
    RTCDataChannel channel = new RTCDataChannel(threads, this, parameters, false);
    channels.add(channel);
    threads.commands().submit(() -> createOnLoop(channel));
    return channel;
  }

  MediaTransceiver newTransceiver(
      MediaKind kind, MediaDirection direction, TransceiverListener listener) {
    return session.newTransceiver(
        org.purertc.internal.jsep.MediaKind.valueOf(kind.name()), direction, listener);
  }

  /** In the order of the operations; an exception of the operation fails the future. */
  LoopFuture<Void> mediaOperation(String call, Runnable operation) {
    return operation(
        call,
        negotiation -> {
          operation.run();
          return null;
        });
  }

  /**
   * @param selector null for everything
   * @param ofSender which half of the selector
   */
  LoopFuture<RTCStatsReport> getStats(@Nullable MediaTransceiver selector, boolean ofSender) {
    LoopFuture<RTCStatsReport> future = threads.newFuture();
    if (closed.get()) {
      future.fail(closedError("getStats"));
      return future;
    }
    threads
        .commands()
        .submit(
            () -> {
              if (closed.get()) {
                future.fail(closedError("getStats"));
              } else {
                future.settle(new RTCStatsReport(session.stats(selector, ofSender)));
              }
            });
    return future;
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
    if (session.negotiation().operations().isEmpty()) {
      handler.run();
    } else if (!closed.get()) {
      threads.commands().submit(this::renewNegotiationNeeded);
    }
  }

  private void renewNegotiationNeeded() {
    if (!snapshot.negotiationNeeded) { // else another event is on its way
      session.negotiation().renewNegotiationNeeded();
    }
  }

  LoopFuture<RTCSessionDescription> createOffer() {
    return operation(
        "createOffer", negotiation -> created(RTCSdpType.OFFER, negotiation.createOffer()));
  }

  LoopFuture<RTCSessionDescription> createAnswer() {
    return operation(
        "createAnswer", negotiation -> created(RTCSdpType.ANSWER, negotiation.createAnswer()));
  }

  LoopFuture<RTCSessionDescription> setLocalDescription(
      @Nullable RTCSessionDescription description) {
    if (description == null) {
      return operation(
          "setLocalDescription", negotiation -> announced(negotiation.setLocal(null, null)));
    }
    return parsed(
        description,
        sdp ->
            operation(
                "setLocalDescription",
                negotiation -> {
                  Described local = negotiation.setLocal(type(description), sdp);
                  boolean rollback = description.type() == RTCSdpType.ROLLBACK;
                  return rollback ? applied(local) : announced(local);
                }),
        reason -> operation("setLocalDescription", negotiation -> unreadable(reason)));
  }

  LoopFuture<Void> setRemoteDescription(RTCSessionDescription description) {
    return parsed(
        description,
        sdp ->
            operation(
                "setRemoteDescription",
                negotiation -> {
                  negotiation.setRemote(type(description), sdp);
                  return null;
                }),
        reason ->
            operation(
                "setRemoteDescription",
                negotiation -> {
                  negotiation.refuseRemote(type(description), reason);
                  return null;
                }));
  }

  LoopFuture<Void> addIceCandidate(@Nullable RTCIceCandidate candidate) {
    return operation(
        "addIceCandidate",
        negotiation -> {
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

  LoopFuture<RTCSessionDescription> gatheringComplete() {
    RTCSessionDescription local = snapshot.localDescription();
    if (snapshot.iceGatheringState == RTCIceGatheringState.COMPLETE && local != null) {
      LoopFuture<RTCSessionDescription> done = threads.newFuture();
      done.settle(local); // of the newest negotiation
      return done;
    }
    return gatheringComplete.view();
  }

  LoopFuture<Void> closed() {
    return released.view();
  }

  boolean isClosed() {
    return closed.get();
  }

  void close() {
    if (markClosed()) {
      threads.commands().submit(session::close);
    }
  }

  LoopFuture<Void> closeGracefully(Duration limit) {
    if (closing.compareAndSet(false, true)) {
      channels.forEach(RTCDataChannel::stopSending);
      threads.commands().submit(() -> session.closeGracefully(limit.toNanos()));
    }
    return closed();
  }

  @Override
  public long maxMessageSize() {
    return snapshot.sctp.maxMessageSize();
  }

  @Override
  public void consumed(int bytes) {
    if (consumedBytes.getAndAdd(bytes) == 0 && !closed.get()) {
      threads.commands().submit(reportConsumed);
    }
  }

  @Override
  public void ended(RTCDataChannel channel) {
    channels.remove(channel);
  }

  /** All states are closed at once, no event comes after it. */
  private boolean markClosed() {
    closing.set(true);
    if (!closed.compareAndSet(false, true)) {
      return false;
    }
    threads.callbacks().silence();
    snapshot.close();
    channels.forEach(channel -> channel.finish(new ChannelEnd(false, CLOSED_HERE)));
    media.close();
    gatheringComplete.fail(new RTCException("InvalidStateError", CLOSED_HERE));
    return true;
  }

  /** Loop thread. */
  private void released() {
    markClosed(); // a graceful close ends here
    onReleased.accept(this);
    released.settle(null);
  }

  private void createOnLoop(RTCDataChannel channel) {
    if (closed.get()) {
      channel.finish(new ChannelEnd(false, CLOSED_HERE));
      return;
    }
    try {
      channel.attach(session.createChannel(channel.parameters(), channel.loopSide()));
    } catch (IllegalStateException e) {
      channel.loopSide().onClosed(false, String.valueOf(e.getMessage()));
    }
  }

  private RTCDataChannel incomingChannel(ChannelParameters parameters, ChannelPort port) {
    RTCDataChannel channel = new RTCDataChannel(threads, this, parameters, true);
    channel.attach(port);
    channels.add(channel);
    if (closed.get()) {
      channel.finish(new ChannelEnd(false, CLOSED_HERE));
    }
    return channel;
  }

  private void reportConsumed() {
    session.consumed(consumedBytes.getAndSet(0));
  }

  private void refreshPath() {
    if (!closed.get()) {
      threads.commands().submit(session::refreshPath);
    }
  }

  /** W3C WebRTC section 6.1: OperationError when the id is in use. */
  private void checkIdIsFree(ChannelParameters parameters) {
    for (RTCDataChannel channel : channels) {
      Integer used = channel.id();
      if (used != null && used == parameters.negotiatedId()) {
        throw new RTCException(
            "OperationError", "id " + used + " is in use by \"" + channel.label() + "\"");
      }
    }
  }

  /** An operation on the loop; as commands keep their order, so do operations. */
  private <T> LoopFuture<T> operation(String call, Operation<T> operation) {
    LoopFuture<T> future = threads.newFuture();
    if (closed.get()) {
      future.fail(closedError(call)); // the loop may be gone
    } else {
      session.negotiation().operations().add();
      threads.commands().submit(() -> run(call, operation, future));
    }
    return future;
  }

  private <T> void run(String call, Operation<T> operation, LoopFuture<T> future) {
    try {
      if (closed.get()) {
        future.fail(closedError(call));
      } else {
        future.settle(operation.run(session.negotiation()));
      }
    } catch (JsepException e) {
      future.fail(new RTCException(e.name(), call + ": " + e.getMessage()));
    } catch (RTCException e) {
      future.fail(e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, call + " failed", e);
      future.fail(new RTCException("OperationError", call + ": " + e));
    } finally {
      session.negotiation().endOperation();
    }
  }

  private static RTCException closedError(String call) {
    return new RTCException("InvalidStateError", call + ": this connection is closed");
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

  /** What the loop asks for. */
  private final class LoopSide implements LoopEvents.Owner {

    @Override
    public RTCDataChannel incomingChannel(ChannelParameters parameters, ChannelPort port) {
      return PeerCore.this.incomingChannel(parameters, port);
    }

    @Override
    public MediaTransceiver remoteTransceiver(MediaKind kind) {
      return media.remoteTransceiver(kind);
    }

    @Override
    public void forget(MediaTransceiver transceiver) {
      media.forget(transceiver);
    }

    @Override
    public void released() {
      PeerCore.this.released();
    }
  }

  /** What runs on the loop. */
  @FunctionalInterface
  private interface Operation<T> {
    @Nullable T run(Negotiation negotiation) throws JsepException;
  }

  /** What follows a description that could be read; null for an empty one. */
  @FunctionalInterface
  private interface Parsed<T> {
    LoopFuture<T> accept(@Nullable SessionDescription description);
  }
}
