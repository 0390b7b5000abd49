package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageRate;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.Connection;
import org.purertc.samples.signaling.rooms.Relay;

/** A connection here whose room another server has: this server's end. */
final class RemoteLine implements Relay {
  private record Carried(String text, long id) {}

  private static final JsonMapper JSON = new JsonMapper();

  private final Peer peer;
  private final String name;
  private final Connection connection;
  private final MessageRate rate;
  private final Deque<Carried> carried = new ArrayDeque<>();
  private int taken;
  private long lastId;
  private boolean over;

  RemoteLine(Peer peer, String name, Connection connection, SessionLimits limits, long nowNs) {
    this.peer = peer;
    this.name = name;
    this.connection = connection;
    rate = new MessageRate(limits.messagesPerSecond(), limits.burstMessages(), nowNs);
  }

  void begin(String kind, ObjectNode message) {
    peer.lines.put(name, this);
    peer.tell(kind, name, message);
  }

  @Override
  public void receive(String text, long nowNs) {
    rate.take(nowNs);
    if (over) {
      return;
    } else if (rate.isFlooded()) {
      // The room would do the same; until it says so, others' servers would carry all of it.
      lost();
      connection.onRelayEnd(ErrorCode.RATE_LIMITED);
      return;
    }
    peer.tell("say", name, JSON.createObjectNode().put("text", text));
  }

  @Override
  public @Nullable String next() {
    Carried next = carried.poll();
    lastId = next == null ? 0 : next.id();
    if (next == null) {
      return null;
    }
    taken++;
    if (!over && (taken >= Guest.WINDOW / 4 || carried.isEmpty())) {
      peer.tell("taken", name, JSON.createObjectNode().put("count", taken));
      taken = 0;
    }
    return next.text();
  }

  @Override
  public long lastId() {
    return lastId;
  }

  @Override
  public void lost() {
    if (!over) {
      over = true;
      peer.lines.remove(name);
      peer.tell("lost", name, JSON.createObjectNode());
    }
  }

  /** The room says something to the client. */
  void carry(JsonNode message) {
    carried.add(new Carried(message.path("text").asText(), message.path("id").asLong()));
    connection.onRelayReady();
  }

  /** The room has ended the connection. */
  void end(JsonNode message) {
    over = true;
    peer.lines.remove(name);
    JsonNode code = message.path("code");
    connection.onRelayEnd(code.isTextual() ? JSON.convertValue(code, ErrorCode.class) : null);
  }

  /** The other server is gone, or something that it said. */
  void cut() {
    over = true;
    carried.clear();
    connection.onRelayLost();
  }
}
