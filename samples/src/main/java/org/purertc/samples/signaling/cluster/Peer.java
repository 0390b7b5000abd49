package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another server, and what goes on between it and this one. */
final class Peer {
  private final String name;
  private final Bus bus;

  /** Connections here whose rooms it has. */
  final Map<String, RemoteLine> lines = new HashMap<>();

  /** Its connections whose rooms are here. */
  final Map<String, Guest> guests = new HashMap<>();

  /** Requests that it has yet to answer. */
  final Map<String, PendingCall> calls = new HashMap<>();

  private long toldNumber;
  private long heardNumber;
  private long heardNs;

  Peer(String name, Bus bus, long nowNs) {
    this.name = name;
    this.bus = bus;
    heardNs = nowNs;
  }

  /** Says something; every message has the number that follows the last one's. */
  void tell(String kind, String line, ObjectNode message) {
    message.put("from", bus.self()).put("n", ++toldNumber).put("kind", kind).put("line", line);
    bus.tell(name, message.toString());
  }

  /** Whether {@code message} is the one that was to come next; none was lost before it. */
  boolean isNext(JsonNode message, long nowNs) {
    long number = message.path("n").asLong();
    boolean next = number == heardNumber + 1;
    heardNumber = number;
    heardNs = nowNs;
    return next;
  }

  boolean isSilentFor(long ns, long nowNs) {
    return nowNs - heardNs >= ns;
  }

  /** Whether nothing goes on between it and this server. */
  boolean isIdle() {
    return lines.isEmpty() && guests.isEmpty() && calls.isEmpty();
  }

  /** Gives up all that goes on; the clients try again. */
  void giveUp(long nowNs) {
    List<RemoteLine> cutLines = new ArrayList<>(lines.values());
    List<Guest> cutGuests = new ArrayList<>(guests.values());
    List<PendingCall> cutCalls = new ArrayList<>(calls.values());
    lines.clear();
    guests.clear();
    calls.clear();
    cutLines.forEach(RemoteLine::cut);
    cutGuests.forEach(it -> it.cut(nowNs));
    cutCalls.forEach(PendingCall::fail);
  }
}
