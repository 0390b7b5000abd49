package org.purertc;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.datachannel.ChannelListener;
import org.purertc.internal.datachannel.ChannelParameters;
import org.purertc.internal.peer.ChannelPort;

/**
 * A bidirectional channel of messages, W3C WebRTC section 6.2.
 *
 * <p>All methods may be called from any thread, and only those of the streams block. Handlers run
 * one after the other in the order of the events, see {@link RTCConfiguration}. An event that came
 * before its handler was set waits for the first handler.
 *
 * <p>Received messages that wait for {@link #onMessage} or {@link #inputStream} count against the
 * receive window that all channels of a connection share: one slow reader slows the senders of all
 * of them, and nothing piles up in the heap. Who is no longer interested closes the channel.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdatachannel">WebRTC 6.2, RTCDataChannel</a>
 */
public final class RTCDataChannel implements AutoCloseable {

  /** The most that may wait in one channel's send buffer. */
  public static final long MAX_BUFFERED_BYTES = 16L << 20;

  /** The most messages that may wait there: each takes its objects, also an empty one. */
  public static final int MAX_BUFFERED_MESSAGES = 1 << 17;

  private final PeerThreads threads;
  private final ChannelOwner owner;
  private final ChannelParameters parameters;
  private final boolean announced;
  private final ChannelListener loopSide = new LoopSide();
  private final AtomicReference<RTCDataChannelState> state;
  private final SendBuffer sendBuffer = new SendBuffer();
  private final MessageInbox inbox;
  private final EventSlot<RTCDataChannel> open;
  private final EventSlot<RTCDataChannel> bufferedAmountLow;
  private final EventSlot<RTCException> error;
  private final EventSlot<RTCDataChannel> closing;
  private final EventSlot<RTCDataChannel> close;
  private final LoopFuture<RTCDataChannel> opened;
  private final LoopFuture<Void> closed;
  private final AtomicReference<@Nullable ChannelOutput> output = new AtomicReference<>();
  private final AtomicReference<@Nullable ChannelEnd> end = new AtomicReference<>();
  private volatile int id;
  private @Nullable ChannelPort port; // touched by the loop only

  /**
   * @param announced the remote side opened it: it is open from the start
   */
  RTCDataChannel(
      PeerThreads threads, ChannelOwner owner, ChannelParameters parameters, boolean announced) {
    this.threads = threads;
    this.owner = owner;
    this.parameters = parameters;
    this.announced = announced;
    id = parameters.negotiatedId();
    state =
        new AtomicReference<>(
            announced ? RTCDataChannelState.OPEN : RTCDataChannelState.CONNECTING);
    inbox = new MessageInbox(threads, owner);
    open = new EventSlot<>(threads.callbacks(), 1);
    bufferedAmountLow = new EventSlot<>(threads.callbacks(), 0);
    error = new EventSlot<>(threads.callbacks(), 1);
    closing = new EventSlot<>(threads.callbacks(), 1);
    close = new EventSlot<>(threads.callbacks(), 1);
    opened = threads.newFuture();
    closed = threads.newFuture();
  }

  /** The label it was created with. */
  public String label() {
    return parameters.label();
  }

  /** Whether messages arrive in the order in which they were sent. */
  public boolean ordered() {
    return parameters.ordered();
  }

  /** Milliseconds after which an undelivered message is given up; null for no limit. */
  public @Nullable Integer maxPacketLifeTime() {
    return parameters.maxLifetimeMs() < 0 ? null : parameters.maxLifetimeMs();
  }

  /** How often a lost message is sent again; null for no limit. */
  public @Nullable Integer maxRetransmits() {
    return parameters.maxRetransmits() < 0 ? null : parameters.maxRetransmits();
  }

  /** The name of the subprotocol, empty when there is none. */
  public String protocol() {
    return parameters.protocol();
  }

  /** Whether both sides created it with the same id. */
  public boolean negotiated() {
    return parameters.isNegotiated();
  }

  /** The SCTP stream, 0 to 65,534; null until the DTLS roles are known. */
  public @Nullable Integer id() {
    int known = id;
    return known < 0 ? null : known;
  }

  /** The state now; it may be ahead of the events. */
  public RTCDataChannelState readyState() {
    return Objects.requireNonNull(state.get());
  }

  /** Bytes accepted by {@code send} that have not left yet. */
  public long bufferedAmount() {
    return sendBuffer.bytes();
  }

  /** The bytes at or below which {@link #onBufferedAmountLow} fires; 0 at first. */
  public long bufferedAmountLowThreshold() {
    return sendBuffer.lowThresholdBytes();
  }

  /**
   * Sets when {@link #onBufferedAmountLow} fires.
   *
   * @param bytes not negative
   * @throws RTCException {@code TypeError} when negative
   */
  public void bufferedAmountLowThreshold(long bytes) {
    if (bytes < 0) {
      throw new RTCException("TypeError", "A threshold of " + bytes + " bytes; 0 is the least");
    }
    sendBuffer.lowThresholdBytes(bytes);
  }

  /**
   * Queues a text message, sent as UTF-8; otherwise as {@link #send(byte[])}.
   *
   * @param text the message
   * @throws RTCException as {@link #send(byte[])}
   */
  public void send(String text) {
    byte[] message = text.getBytes(StandardCharsets.UTF_8);
    reserve(message.length);
    submit(true, message);
  }

  /**
   * Queues a message and returns at once; it is sent in order and reliably unless this channel was
   * created otherwise.
   *
   * <p>The bytes are copied, so the array may be reused after the call.
   *
   * @param data the message, 0 to {@link RTCSctpTransport#maxMessageSize()} bytes
   * @throws RTCException {@code InvalidStateError} when the channel is not open, {@code TypeError}
   *     when the message is longer than the remote peer accepts, {@code OperationError} when more
   *     than {@link #MAX_BUFFERED_BYTES} bytes or {@link #MAX_BUFFERED_MESSAGES} messages would
   *     wait
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-send">WebRTC 6.2, send()</a>
   */
  public void send(byte[] data) {
    reserve(data.length);
    submit(false, data.clone());
  }

  /**
   * Queues the buffer's remaining bytes, which are copied; its position moves to its limit.
   *
   * @param data the message
   * @throws RTCException as {@link #send(byte[])}; the position then stays
   */
  public void send(ByteBuffer data) {
    reserve(data.remaining());
    byte[] message = new byte[data.remaining()];
    data.get(message);
    submit(false, message);
  }

  /** Sets the handler called once when the channel is open; null removes it. */
  public void onOpen(@Nullable Runnable handler) {
    open.set(handler);
  }

  /**
   * Sets the handler of received messages; null removes it, and messages wait again.
   *
   * @throws RTCException {@code InvalidStateError} when {@link #inputStream} reads this channel
   */
  public void onMessage(@Nullable Consumer<RTCMessage> handler) {
    inbox.setHandler(handler);
  }

  /** Sets the handler called when {@link #bufferedAmount} falls to the threshold. */
  public void onBufferedAmountLow(@Nullable Runnable handler) {
    bufferedAmountLow.set(handler);
  }

  /** Sets the handler called, before {@link #onClose}, when the channel ends by an error. */
  public void onError(@Nullable Consumer<RTCException> handler) {
    error.set(handler);
  }

  /** Sets the handler called when the remote side began to close the channel. */
  public void onClosing(@Nullable Runnable handler) {
    closing.set(handler);
  }

  /** Sets the handler called when the channel is closed; not after the connection was closed. */
  public void onClose(@Nullable Runnable handler) {
    close.set(handler);
  }

  /** Completes when the channel is open, exceptionally when it never will be. */
  public CompletableFuture<RTCDataChannel> opened() {
    return opened.view();
  }

  /** Completes when the channel is closed, for whatever reason. */
  public CompletableFuture<Void> closed() {
    return closed.view();
  }

  /**
   * Received messages, concatenated, as a blocking stream; excludes onMessage. Ends with -1 after
   * the orderly close of the channel, with an IOException when the peer was lost. Reading on the
   * event loop is an IllegalStateException.
   *
   * @throws RTCException {@code InvalidStateError} when the channel already has a reader
   */
  public InputStream inputStream() {
    ChannelInput stream = inbox.openStream();
    ChannelEnd ended = end.get();
    if (ended != null) {
      stream.end(ended);
    }
    return stream;
  }

  /**
   * A blocking stream that sends binary messages; write waits until the channel is open and while
   * its buffer is full. Closing it sends the rest, closes the channel and returns when everything
   * was delivered. Blocking on the event loop is an IllegalStateException.
   *
   * @throws RTCException {@code InvalidStateError} when there already is one
   */
  public OutputStream outputStream() {
    ChannelOutput stream = new ChannelOutput(this, threads);
    if (!output.compareAndSet(null, stream)) {
      throw new RTCException("InvalidStateError", "This channel already has an outputStream()");
    }
    ChannelEnd ended = end.get();
    if (ended != null) {
      stream.end(ended);
    }
    return stream;
  }

  /**
   * Closes the channel and returns at once: what was accepted is delivered first, received messages
   * are no longer handed out.
   *
   * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcdatachannel-close">WebRTC 6.2, close()</a>
   */
  @Override
  public void close() {
    RTCDataChannelState before =
        state.getAndUpdate(s -> s == RTCDataChannelState.CLOSED ? s : RTCDataChannelState.CLOSING);
    if (before == RTCDataChannelState.CONNECTING || before == RTCDataChannelState.OPEN) {
      inbox.discard();
      threads
          .commands()
          .submit(
              () -> {
                if (port != null) {
                  port.close();
                }
              });
    }
  }

  /** Who hears what happens on the loop. */
  ChannelListener loopSide() {
    return loopSide;
  }

  ChannelParameters parameters() {
    return parameters;
  }

  long maxMessageSize() {
    return owner.maxMessageSize();
  }

  /** The channel exists below; loop thread. */
  void attach(ChannelPort port) {
    this.port = port;
  }

  /** The connection takes no more messages: what was accepted still goes. */
  void stopSending() {
    state.getAndUpdate(s -> s == RTCDataChannelState.CLOSED ? s : RTCDataChannelState.CLOSING);
  }

  /** Ends it without events, unless it has ended; any thread. */
  void finish(ChannelEnd how) {
    if (!end.compareAndSet(null, how)) {
      return;
    }
    state.set(RTCDataChannelState.CLOSED);
    opened.fail(new RTCException("InvalidStateError", "The channel was closed: " + how.reason()));
    inbox.end(how);
    ChannelOutput stream = output.get();
    if (stream != null) {
      stream.end(how);
    }
    closed.settle(null);
    owner.ended(this);
  }

  private void reserve(int bytes) {
    if (state.get() != RTCDataChannelState.OPEN) {
      throw new RTCException(
          "InvalidStateError",
          "The channel \"" + label() + "\" is " + state.get() + "; send when it is open");
    }
    if (bytes > owner.maxMessageSize()) {
      throw new RTCException(
          "TypeError",
          "A message of " + bytes + " bytes; the remote accepts " + owner.maxMessageSize());
    }
    sendBuffer.reserve(bytes);
  }

  private void submit(boolean isText, byte[] message) {
    threads
        .commands()
        .submit(
            () -> {
              if (port != null) {
                port.send(isText, message);
              }
            });
  }

  /** What the loop tells this channel. */
  private final class LoopSide implements ChannelListener {

    @Override
    public void onId(int streamId) {
      id = streamId;
    }

    @Override
    public void onOpen() {
      if (announced
          || state.compareAndSet(RTCDataChannelState.CONNECTING, RTCDataChannelState.OPEN)) {
        opened.settle(RTCDataChannel.this);
        open.fire(RTCDataChannel.this);
        wakeOutput();
      }
    }

    @Override
    public void onMessage(boolean isText, byte[] message) {
      inbox.add(new RTCMessage(isText, message));
    }

    @Override
    public void onSent(int bytes, int messages) {
      if (sendBuffer.release(bytes, messages)) {
        bufferedAmountLow.fire(RTCDataChannel.this);
      }
      wakeOutput();
    }

    @Override
    public void onClosing() {
      RTCDataChannelState before =
          state.getAndUpdate(
              s -> s == RTCDataChannelState.CLOSED ? s : RTCDataChannelState.CLOSING);
      if (before == RTCDataChannelState.CONNECTING || before == RTCDataChannelState.OPEN) {
        closing.fire(RTCDataChannel.this);
      }
    }

    @Override
    public void onClosed(boolean orderly, String reason) {
      port = null;
      finish(new ChannelEnd(orderly, reason));
      if (!orderly) {
        error.fire(new RTCException("OperationError", reason));
      }
      close.fire(RTCDataChannel.this);
    }

    private void wakeOutput() {
      ChannelOutput stream = output.get();
      if (stream != null) {
        stream.wake();
      }
    }
  }
}
