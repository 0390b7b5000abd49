package org.purertc.samples.signaling.rooms;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/**
 * A connection over which messages are pushed. It holds no messages, only how far they were handed
 * out: who carries them asks for the {@link #next} one when the last has left, so that a slow
 * reader fills its session's log and nothing else.
 */
public final class Connection {

  /** Who carries the messages. Called from within {@link Rooms}, it enters {@link #next} only. */
  public interface Listener {
    /** {@link Connection#next} may have something again. */
    void onReady();

    /**
     * Nothing comes after what {@link Connection#next} still has.
     *
     * @param why null when the member left
     */
    void onEnd(@Nullable ErrorCode why);
  }

  private final Rooms rooms;
  private final Listener listener;
  private final long openedNs;
  private @Nullable Session session;
  private @Nullable String resumed;
  private @Nullable String farewell;
  private long handedOutId;
  private long lastId;
  private long acknowledgedId;
  private boolean pongDue;
  private boolean ended;
  private boolean silent;

  Connection(Rooms rooms, Listener listener, long nowNs) {
    this.rooms = rooms;
    this.listener = listener;
    openedNs = nowNs;
  }

  /** Takes one message of the client. */
  public void receive(String text, long nowNs) {
    if (ended) {
      return;
    }
    try {
      rooms.receive(this, text, nowNs);
    } catch (ProtocolException e) {
      rooms.forget(this, nowNs);
      end(e.code(), e.reason());
    }
    wake();
  }

  /** The connection is gone. */
  public void lost(long nowNs) {
    ended = true;
    silent = true;
    rooms.forget(this, nowNs);
  }

  /** The next message to carry; null when there is none now. */
  public @Nullable String next() {
    lastId = 0;
    String first = resumed;
    if (first != null) {
      resumed = null;
      return first;
    }
    String text = session == null || silent ? null : next(session);
    if (text == null) {
      text = farewell;
      farewell = null;
    }
    return text;
  }

  private @Nullable String next(Session of) {
    String text = of.after(handedOutId);
    if (text != null) {
      handedOutId++;
      lastId = handedOutId;
    } else if (acknowledgedId < of.receivedId()) {
      acknowledgedId = of.receivedId();
      text = MessageFormat.write(new ServerMessage.Ack(acknowledgedId));
    } else if (pongDue) {
      pongDue = false;
      text = MessageFormat.write(new ServerMessage.Pong());
    }
    return text;
  }

  /** The number of the message that {@link #next} gave last; 0 when it had none. */
  public long lastId() {
    return lastId;
  }

  /** The number of the client's last message. */
  public long receivedId() {
    return session == null ? 0 : session.receivedId();
  }

  @Nullable Session session() {
    return session;
  }

  /** Whether nobody has said hello for {@code limitNs}. */
  boolean isMute(long limitNs, long nowNs) {
    return session == null && nowNs - openedNs > limitNs;
  }

  /** Says that the session goes on, before anything else. */
  void resume(Session of) {
    resumed = MessageFormat.write(new ServerMessage.Resumed(of.receivedId()));
  }

  /** What follows message {@code lastId} goes here from now on. */
  void carry(Session of, long lastId, long nowNs) {
    session = of;
    handedOutId = lastId;
    acknowledgedId = of.receivedId();
    of.attach(this, nowNs);
    wake();
  }

  void pong() {
    pongDue = true;
  }

  void wake() {
    if (!ended) {
      listener.onReady();
    }
  }

  /** A member that goes for good still gets what was said before. */
  void end(@Nullable ErrorCode why, String reason) {
    if (ended) {
      return;
    }
    ended = true;
    silent = why != null && why != ErrorCode.SHUTTING_DOWN && why != ErrorCode.REMOVED;
    if (why != null) {
      farewell = MessageFormat.write(new ServerMessage.Failure(why, reason, null));
    }
    listener.onEnd(why);
  }
}
