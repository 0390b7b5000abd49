package org.purertc;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Received messages of one channel between the loop and the one who reads them, a handler or a
 * stream. A message counts against the receive window until its handler returned or the stream's
 * user has read its last byte.
 */
final class MessageInbox {

  /** Who reads. */
  sealed interface Reader permits HandlerReader, ChannelInput {}

  /** Each message is one call of the handler. */
  record HandlerReader(Consumer<? super RTCMessage> handler) implements Reader {}

  private final PeerThreads threads;
  private final ChannelOwner owner;
  private final ConcurrentLinkedQueue<RTCMessage> messages = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Reader> reader = new AtomicReference<>();
  private final Runnable deliverNext = this::deliverNext;
  private final Runnable deliverMissed = this::deliverMissed;
  private volatile boolean discarding;
  private int undelivered; // touched by callbacks only

  MessageInbox(PeerThreads threads, ChannelOwner owner) {
    this.threads = threads;
    this.owner = owner;
  }

  /** Loop thread. */
  void add(RTCMessage message) {
    messages.add(message);
    if (reader.get() instanceof ChannelInput stream) {
      stream.wake();
    } else {
      threads.callbacks().execute(deliverNext);
    }
  }

  void setHandler(@Nullable Consumer<? super RTCMessage> handler) {
    Reader next = handler == null ? null : new HandlerReader(handler);
    Reader previous;
    do {
      previous = reader.get();
      if (previous instanceof ChannelInput) {
        throw new RTCException(
            "InvalidStateError",
            "This channel is read by its inputStream(); it takes no onMessage");
      }
    } while (!reader.compareAndSet(previous, next));
    if (next != null) {
      threads.callbacks().execute(deliverMissed);
    }
  }

  ChannelInput openStream() {
    ChannelInput stream = new ChannelInput(threads, this);
    if (!reader.compareAndSet(null, stream)) {
      throw new RTCException(
          "InvalidStateError",
          "This channel already has a reader: onMessage or an earlier inputStream()");
    }
    return stream;
  }

  /** The next message for the stream, or null. */
  @Nullable RTCMessage poll() {
    return messages.poll();
  }

  /** An empty message takes one byte of the window: nobody can fill the heap with them. */
  void consumed(RTCMessage message) {
    owner.consumed(Math.max(1, message.bytes().length));
  }

  /**
   * W3C WebRTC section 6.2: a message that comes when the channel is no longer open is discarded.
   * Only after a local close; a stream still reads to the end.
   */
  void discard() {
    discarding = true;
    if (reader.get() == null) {
      drop();
    }
  }

  /** The channel ended; the stream reads what is left first. */
  void end(ChannelEnd end) {
    if (reader.get() instanceof ChannelInput stream) {
      stream.end(end);
    }
  }

  /** Gives back everything that waits. */
  void drop() {
    for (RTCMessage message = poll(); message != null; message = poll()) {
      consumed(message);
    }
  }

  private void deliverNext() {
    undelivered++;
    deliverMissed();
  }

  private void deliverMissed() {
    Reader current = reader.get();
    if (undelivered == 0 || current instanceof ChannelInput) {
      return;
    }
    if (current instanceof HandlerReader handlerReader) {
      deliver(handlerReader.handler());
    } else if (discarding) {
      undelivered = 0;
      drop();
    }
  }

  private void deliver(Consumer<? super RTCMessage> handler) {
    undelivered--;
    RTCMessage message = poll();
    try {
      if (message != null && !discarding && !threads.callbacks().isSilent()) {
        handler.accept(message);
      }
    } finally {
      if (message != null) {
        consumed(message);
      }
      if (undelivered > 0) {
        threads.callbacks().execute(deliverMissed);
      }
    }
  }
}
