package org.purertc.samples.signaling.socketio;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one Engine.IO 4 session as a machine: packets to and fro by requests that
 * wait, by a WebSocket, or first by the one and then by the other.
 *
 * @see <a href="https://socket.io/docs/v4/engine-io-protocol/">The Engine.IO protocol</a>
 */
public final class EngineSession {
  /** Before a request that waits is cut by a proxy. */
  private static final long PING_INTERVAL_NS = TimeUnit.SECONDS.toNanos(20);

  private static final long PING_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final long UPGRADE_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

  /** What may wait here; more waits with who sends it. */
  private static final int MOST_BUFFERED_CHARS = 64 << 10;

  /** Whoever causes answers and does not read them is sent away. */
  private static final int MOST_PACKETS = 4_000;

  private static final String SEPARATOR = "\u001e";
  private static final String PING = "2";
  private static final String NOOP = "6";
  private static final String CLOSE = "1";

  /** Uses the session. */
  public interface Listener {
    /** A message of the client. */
    void onMessage(String text, long nowNs);

    /** {@link EngineSession#isWritable} has become true again. */
    void onWritable();

    /** Nothing comes any more, and nothing leaves. */
    void onClosed();
  }

  /** A request that waits. */
  public interface Poll {
    void answer(String payload);
  }

  /** A WebSocket; says {@link EngineSession#onSent} after each packet. */
  public interface Socket {
    void send(String packet);

    void close();

    /** Closes without waiting for anything. */
    void abort();
  }

  private final String id;
  private final int maxPayloadBytes;
  private final Listener listener;
  private final Queue<String> outgoing = new ArrayDeque<>();
  private int bufferedChars;
  private @Nullable Poll poll;
  private @Nullable Socket socket;
  private @Nullable Socket probing;
  private boolean sending;
  private boolean ending;
  private boolean closed;
  private long pingNs;
  private long pongLimitNs = Long.MAX_VALUE;
  private long upgradeLimitNs = Long.MAX_VALUE;

  public EngineSession(String id, int maxPayloadBytes, Listener listener, long nowNs) {
    this.id = id;
    this.maxPayloadBytes = maxPayloadBytes;
    this.listener = listener;
    pingNs = nowNs + PING_INTERVAL_NS;
  }

  /** The answer to the request that opens a session. */
  public String open() {
    return String.format(
        Locale.ROOT,
        "0{\"sid\":\"%s\",\"upgrades\":[%s],\"pingInterval\":%d,\"pingTimeout\":%d,\"maxPayload\":%d}",
        id,
        socket == null ? "\"websocket\"" : "",
        TimeUnit.NANOSECONDS.toMillis(PING_INTERVAL_NS),
        TimeUnit.NANOSECONDS.toMillis(PING_LIMIT_NS),
        maxPayloadBytes);
  }

  /** Begins on a WebSocket. */
  public void begin(Socket first) {
    socket = first;
    sending = true;
    first.send(open());
  }

  /** A WebSocket that wants to become the session's. */
  public void probe(Socket candidate, long nowNs) {
    if (closed || socket != null || probing != null) {
      candidate.close();
      return;
    }
    probing = candidate;
    upgradeLimitNs = nowNs + UPGRADE_LIMIT_NS;
  }

  /** A request that waits; false when the session takes none, which then is over. */
  public boolean poll(Poll request) {
    if (closed || socket != null || poll != null) {
      abort();
      return false;
    }
    poll = request;
    if (probing != null && outgoing.isEmpty()) {
      // The client changes over when no request is under way.
      answerPoll(NOOP);
    }
    flush();
    return true;
  }

  /** What a request carries; false when the session takes none. */
  public boolean receive(String payload, long nowNs) {
    if (closed || socket != null) {
      return false;
    }
    for (String packet : payload.split(SEPARATOR, -1)) {
      receivePacket(packet, nowNs);
    }
    return true;
  }

  /** A packet that came by a WebSocket. */
  public void receive(Socket from, String packet, long nowNs) {
    if (from == socket) {
      receivePacket(packet, nowNs);
    } else if (from == probing && packet.equals("2probe")) {
      from.send("3probe");
      if (poll != null) {
        answerPoll(NOOP);
      }
    } else if (from == probing && packet.equals("5")) {
      changeOver(from);
    } else {
      from.close();
    }
  }

  private void changeOver(Socket to) {
    socket = to;
    probing = null;
    upgradeLimitNs = Long.MAX_VALUE;
    if (poll != null) {
      answerPoll(NOOP);
    }
    flush();
  }

  private void receivePacket(String packet, long nowNs) {
    char type = packet.isEmpty() ? ' ' : packet.charAt(0);
    if (closed) {
      return;
    }
    switch (type) {
      case '4' -> listener.onMessage(packet.substring(1), nowNs);
      case '3' -> {
        pongLimitNs = Long.MAX_VALUE;
        pingNs = nowNs + PING_INTERVAL_NS;
      }
      default -> abort(); // the client closes it, or does not know the protocol
    }
  }

  /** Whether one more message may be given to {@link #send}. */
  public boolean isWritable() {
    return bufferedChars < MOST_BUFFERED_CHARS;
  }

  /** Sends a message with the next {@link #flush}. */
  public void send(String message) {
    if (outgoing.size() >= MOST_PACKETS) {
      abort();
    } else if (!closed && !ending) {
      append("4" + message);
    }
  }

  private void append(String packet) {
    outgoing.add(packet);
    bufferedChars += packet.length();
  }

  /** Hands on what waits: all of it to a request, one packet after the other to a WebSocket. */
  public void flush() {
    Socket to = socket;
    boolean wasWritable = isWritable();
    if (closed || outgoing.isEmpty()) {
      return;
    }
    if (to != null && !sending) {
      String packet = outgoing.remove();
      bufferedChars -= packet.length();
      sending = true;
      to.send(packet);
    } else if (to == null && poll != null) {
      String payload = String.join(SEPARATOR, outgoing);
      outgoing.clear();
      bufferedChars = 0;
      answerPoll(payload);
      if (ending) {
        finish();
      }
    }
    if (!wasWritable && isWritable()) {
      listener.onWritable();
    }
  }

  private void answerPoll(String payload) {
    Poll waiting = poll;
    poll = null;
    if (waiting != null) {
      waiting.answer(payload);
    }
  }

  /** A WebSocket has taken a packet. */
  public void onSent(Socket by) {
    if (by == socket) {
      sending = false;
      if (ending && outgoing.isEmpty()) {
        finish();
      } else {
        flush();
      }
    }
  }

  /** A WebSocket is gone. */
  public void lost(Socket gone) {
    if (gone == socket) {
      finish();
    } else if (gone == probing) {
      probing = null;
      upgradeLimitNs = Long.MAX_VALUE;
    }
  }

  /** Ends the session when what was sent has left. */
  public void close() {
    if (!closed && !ending) {
      ending = true;
      append(CLOSE);
      flush();
    }
  }

  /** Ends the session. */
  public void abort() {
    if (!closed && poll != null) {
      answerPoll(CLOSE);
    }
    if (!closed && socket != null) {
      socket.abort();
    }
    finish();
  }

  private void finish() {
    if (closed) {
      return;
    }
    closed = true;
    outgoing.clear();
    if (socket != null) {
      socket.close();
    }
    if (probing != null) {
      probing.close();
    }
    listener.onClosed();
  }

  /** Pings, and looks whether the client has answered; to be called each second or so. */
  public void onTick(long nowNs) {
    if (nowNs >= pongLimitNs) {
      abort();
    } else if (nowNs >= pingNs && !closed) {
      pingNs = Long.MAX_VALUE;
      pongLimitNs = nowNs + PING_LIMIT_NS;
      append(PING);
      flush();
    }
    Socket late = probing;
    if (late != null && nowNs >= upgradeLimitNs) {
      probing = null;
      upgradeLimitNs = Long.MAX_VALUE;
      late.close();
    }
  }
}
