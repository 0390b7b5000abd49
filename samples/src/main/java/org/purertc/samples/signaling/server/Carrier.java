package org.purertc.samples.signaling.server;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Connection;

/**
 * Carries a connection's messages one after the other: the next one leaves when the transport has
 * taken the last. All of it happens on the {@link RoomThread}.
 */
abstract class Carrier implements Connection.Listener {
  /** How long a reader that is sent away may take for its last messages. */
  private static final long FAREWELL_SECONDS = 5;

  private final RoomThread thread;
  private final OpenCarriers open;
  private @Nullable Connection connection;
  private @Nullable ErrorCode why;
  private boolean ended;
  private boolean carrying;
  private boolean closed;

  Carrier(RoomThread thread, OpenCarriers open) {
    this.thread = thread;
    this.open = open;
  }

  /** Begins; {@code made} is told of nothing before. */
  void start(Connection made) {
    connection = made;
    open.add(this);
    onReady();
  }

  /** For a transport that takes nothing before it has called {@link #carried}. */
  final void startBusy() {
    carrying = true;
  }

  /**
   * Begins to carry {@code text}, and calls {@link #carried} or {@link #lost} afterwards.
   *
   * @param id the message's number, 0 when it has none
   */
  abstract void carry(String text, long id);

  /** Nothing is left to carry. */
  abstract void close(@Nullable ErrorCode reason);

  /** Does not wait for anything any more. */
  abstract void abort();

  /** Begins to carry something that is no message; false when the transport needs nothing. */
  boolean keepAlive() {
    return false;
  }

  /** Shows that this end is alive. */
  final void onTick() {
    if (!carrying && !closed) {
      carrying = keepAlive();
    }
  }

  @Override
  public final void onReady() {
    Connection from = connection;
    if (from == null || carrying || closed) {
      return;
    }
    String text = from.next();
    if (text != null) {
      carrying = true;
      carry(text, from.lastId());
    } else if (ended) {
      closed = true;
      open.remove(this);
      close(why);
    }
  }

  @Override
  public final void onEnd(@Nullable ErrorCode reason) {
    ended = true;
    why = reason;
    thread.later(FAREWELL_SECONDS, this::abortUnlessClosed);
    onReady();
  }

  private void abortUnlessClosed() {
    if (!closed) {
      closed = true;
      open.remove(this);
      abort();
    }
  }

  /** The transport has taken the message. From any thread. */
  final void carried() {
    thread.tell(
        () -> {
          carrying = false;
          onReady();
        });
  }

  /** The client is gone. From any thread. */
  final void lost() {
    thread.tell(
        () -> {
          closed = true;
          open.remove(this);
          Connection from = connection;
          if (from != null) {
            from.lost(System.nanoTime());
          }
        });
  }

  /** A message of the client. From any thread; waits until it is obeyed. */
  final void receive(String text) {
    try {
      thread.ask(
          (rooms, nowNs) -> {
            obey(text, nowNs);
            return text;
          });
    } catch (ProtocolException e) {
      abort();
    }
  }

  /** A message of the client, on the {@link RoomThread}; returns the number of the last one. */
  final long obey(String text, long nowNs) {
    Connection to = connection;
    if (to == null) {
      return 0;
    }
    to.receive(text, nowNs);
    return to.receivedId();
  }
}
