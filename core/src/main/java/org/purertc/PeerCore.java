package org.purertc;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.jsep.MediaKind;
import org.purertc.internal.media.MediaTransceiver;
import org.purertc.internal.media.TransceiverListener;
import org.purertc.internal.peer.ChannelPort;
import org.purertc.internal.peer.CommandQueue;
import org.purertc.internal.peer.PeerEnvironment;
import org.purertc.internal.peer.PeerSession;
import org.purertc.sdp.MediaDirection;

/**
 * A peer connection apart from the object that its user holds, so that the loop does not keep that
 * object alive. Any thread; what acts is handed to the loop.
 */
final class PeerCore implements ChannelOwner {
  private static final String CLOSED_HERE = "the peer connection was closed here";

  final PeerEvents events;
  final PeerSnapshot snapshot;

  private final PeerThreads threads;
  private final PeerSession session;
  private final Consumer<PeerCore> onReleased;
  private final Set<RTCDataChannel> channels = ConcurrentHashMap.newKeySet();
  private final GatheringRounds gathering;
  private final LoopFuture<Void> released;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger consumedBytes = new AtomicInteger();
  private final Runnable reportConsumed = this::reportConsumed;
  private final PeerMedia media;
  private final PeerOperations operations;

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
    gathering = new GatheringRounds(threads);
    released = threads.newFuture();
    this.onReleased = onReleased;
    session =
        new PeerSession(environment, new LoopEvents(snapshot, events, gathering, new LoopSide()));
    media = new PeerMedia(this);
    operations = new PeerOperations(threads, session.negotiation(), events, snapshot, closed::get);
  }

  PeerOperations operations() {
    return operations;
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
      MediaKind kind, MediaDirection direction, List<String> rids, TransceiverListener listener) {
    return session.newTransceiver(kind, direction, rids, listener);
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

  LoopFuture<RTCSessionDescription> gatheringComplete() {
    RTCSessionDescription local = snapshot.localDescription();
    if (snapshot.iceGatheringState == RTCIceGatheringState.COMPLETE && local != null) {
      LoopFuture<RTCSessionDescription> done = threads.newFuture();
      done.settle(local); // of the newest negotiation
      return done;
    }
    return gathering.view();
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
    gathering.fail(new RTCException("InvalidStateError", CLOSED_HERE));
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

  static RTCException closedError(String call) {
    return new RTCException("InvalidStateError", call + ": this connection is closed");
  }

  /** What the loop asks for. */
  private final class LoopSide implements LoopEvents.Owner {

    @Override
    public RTCDataChannel incomingChannel(ChannelParameters parameters, ChannelPort port) {
      return PeerCore.this.incomingChannel(parameters, port);
    }

    @Override
    public MediaTransceiver remoteTransceiver(MediaKind kind) {
      return media.remoteTransceiver(MediaKinds.of(kind));
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
}
