package org.purertc.samples.signaling.rooms;

import java.util.ArrayList;
import java.util.List;
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

  private static final int MOST_EARLY = 32;

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

  /** What the client said while nobody knew where its room is; null when that is known. */
  private @Nullable List<String> early;

  private @Nullable Relay relay;

  /** Comes from another server, which believes that the room is here. */
  final boolean foreign;

  Connection(Rooms rooms, Listener listener, boolean foreign, long nowNs) {
    this.rooms = rooms;
    this.foreign = foreign;
    this.listener = listener;
    openedNs = nowNs;
  }

  /** Takes one message of the client. */
  public void receive(String text, long nowNs) {
    List<String> before = early;
    Relay by = relay;
    if (ended) {
      return;
    } else if (by != null) {
      by.receive(text, nowNs);
      return;
    } else if (before != null && before.size() < MOST_EARLY) {
      before.add(text);
      return;
    }
    try {
      if (before != null) {
        throw new ProtocolException(ErrorCode.RATE_LIMITED, "wait for the welcome");
      }
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
    Relay by = relay;
    if (by != null) {
      relay = null;
      by.lost();
    }
  }

  /** Another server has the room; who is told is the same. */
  void relay(Relay by, long nowNs) {
    relay = by;
    List<String> before = early;
    early = null;
    if (before != null) {
      before.forEach(it -> by.receive(it, nowNs));
    }
    wake();
  }

  /** The next messages wait until it is known where the room is. */
  void awaitPlace() {
    early = new ArrayList<>();
  }

  /** The room is here; begins with what was said meanwhile. */
  void stay(long nowNs) {
    List<String> before = early;
    early = null;
    if (before != null) {
      before.forEach(it -> receive(it, nowNs));
    }
  }

  boolean isEnded() {
    return ended;
  }

  /** Its {@link Relay} may have something again. */
  public void onRelayReady() {
    wake();
  }

  /** Its {@link Relay} has nothing more than what it has now. */
  public void onRelayEnd(@Nullable ErrorCode why) {
    if (!ended) {
      ended = true;
      rooms.shared().forget(this);
      listener.onEnd(why);
    }
  }

  /** The server behind its {@link Relay} is gone; the client tries again. */
  public void onRelayLost() {
    relay = null;
    rooms.shared().forget(this);
    end(ErrorCode.SHUTTING_DOWN, "the server that has the room cannot be reached");
  }

  /** The next message to carry; null when there is none now. */
  public @Nullable String next() {
    lastId = 0;
    Relay by = relay;
    String relayed = by == null ? null : by.next();
    if (by != null && relayed != null) {
      lastId = by.lastId();
      return relayed;
    }
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
