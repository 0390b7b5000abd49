package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.rooms.Connection;

/** A connection to another server, whose room is here: this server's end. */
final class Guest implements Connection.Listener {
  /** How many messages may be under way; the rest waits in the session's log. */
  static final int WINDOW = 64;

  /** Of them, how many characters, unless one alone has more. */
  private static final int WINDOW_CHARS = 1 << 20;

  private static final JsonMapper JSON = new JsonMapper();

  private final Peer peer;
  private final String name;
  private final Deque<Integer> underWay = new ArrayDeque<>();
  private int charsUnderWay;
  private @Nullable Connection connection;
  private @Nullable ErrorCode why;
  private boolean ended;

  Guest(Peer peer, String name) {
    this.peer = peer;
    this.name = name;
  }

  void start(Connection made) {
    connection = made;
    onReady();
  }

  @Override
  public void onReady() {
    Connection from = connection;
    while (from != null && underWay.size() < WINDOW && charsUnderWay < WINDOW_CHARS) {
      String text = from.next();
      if (text == null) {
        endWhenEmpty();
        return;
      }
      underWay.add(text.length());
      charsUnderWay += text.length();
      ObjectNode message = JSON.createObjectNode().put("text", text).put("id", from.lastId());
      peer.tell("carry", name, message);
    }
  }

  private void endWhenEmpty() {
    if (ended && peer.guests.remove(name) != null) {
      ErrorCode code = why;
      ObjectNode message = JSON.createObjectNode();
      peer.tell("end", name, code == null ? message : message.put("code", code.word()));
    }
  }

  @Override
  public void onEnd(@Nullable ErrorCode reason) {
    ended = true;
    why = reason;
    onReady();
  }

  /** The other server has handed on so many messages. */
  void onTaken(int count) {
    for (int i = 0; i < count && !underWay.isEmpty(); i++) {
      charsUnderWay -= underWay.remove();
    }
    onReady();
  }

  void receive(String text, long nowNs) {
    Connection to = connection;
    if (to != null) {
      to.receive(text, nowNs);
    }
  }

  /** The client is gone, or the server between. */
  void cut(long nowNs) {
    peer.guests.remove(name);
    Connection from = connection;
    connection = null;
    if (from != null) {
      from.lost(nowNs);
    }
  }
}
