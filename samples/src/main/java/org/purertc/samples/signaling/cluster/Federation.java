package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.SessionLimits;
import org.purertc.samples.signaling.rooms.Connection;
import org.purertc.samples.signaling.rooms.Elsewhere;
import org.purertc.samples.signaling.rooms.Relay;
import org.purertc.samples.signaling.rooms.Rooms;
import org.purertc.samples.signaling.rooms.SharedRooms;

/**
 * One server's part in sharing rooms with others. All of it happens on the thread that enters
 * {@link Rooms}; what the {@link Bus} tells is brought there by {@code hop}.
 */
public final class Federation implements Elsewhere, Bus.Listener {
  /** How often {@link #onTick} is to be called. */
  public static final long TICK_SECONDS = 1;

  /** A server that says nothing for so long is gone; it says something each tick. */
  private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(5);

  private static final long FORGET_NS = TimeUnit.SECONDS.toNanos(60);

  private static final JsonMapper JSON = new JsonMapper();

  private final Rooms rooms;
  private final SharedRooms shared;
  private final Bus bus;
  private final SessionLimits limits;
  private final Consumer<Consumer<Long>> hop;
  private final Map<String, Peer> peers = new HashMap<>();
  private long nextLine;

  /**
   * @param hop runs something with the time on the thread that enters the rooms
   */
  public Federation(Rooms rooms, Bus bus, SessionLimits limits, Consumer<Consumer<Long>> hop) {
    this.rooms = rooms;
    shared = rooms.shared();
    this.bus = bus;
    this.limits = limits;
    this.hop = hop;
  }

  /** Begins to share rooms. */
  public void start() {
    shared.meet(this);
    bus.start(this);
  }

  @Override
  public void findRoom(String room, Finder finder) {
    bus.claimRoom(room, place -> hop.accept(nowNs -> finder.onPlace(place, nowNs)));
  }

  @Override
  public void findSession(String session, Finder finder) {
    bus.findSession(session, place -> hop.accept(nowNs -> finder.onPlace(place, nowNs)));
  }

  @Override
  public Relay open(String server, String hello, Connection connection, long nowNs) {
    RemoteLine line = line(server, connection, nowNs);
    line.begin("open", JSON.createObjectNode().put("text", hello));
    return line;
  }

  @Override
  public Relay attach(
      String server, String session, long lastId, Connection connection, long nowNs) {
    ObjectNode message = JSON.createObjectNode().put("session", session).put("lastId", lastId);
    RemoteLine line = line(server, connection, nowNs);
    line.begin("attach", message);
    return line;
  }

  private RemoteLine line(String server, Connection connection, long nowNs) {
    return new RemoteLine(peer(server, nowNs), newName(), connection, limits, nowNs);
  }

  private Peer peer(String server, long nowNs) {
    return peers.computeIfAbsent(server, name -> new Peer(name, bus, nowNs));
  }

  private String newName() {
    return bus.self() + "-" + nextLine++;
  }

  @Override
  public void onSession(String session) {
    bus.announceSession(session);
  }

  @Override
  public void onSessionEnd(String session) {
    bus.forgetSession(session);
  }

  @Override
  public void onRoomEnd(String room) {
    bus.releaseRoom(room);
  }

  @Override
  public void onMessage(String text) {
    hop.accept(nowNs -> receive(text, nowNs));
  }

  @Override
  public void onForgotten() {
    hop.accept(
        nowNs -> {
          shared.sessionNames().forEach(bus::announceSession);
          for (String room : shared.roomNames()) {
            bus.keepRoom(room, place -> hop.accept(laterNs -> onKept(room, place)));
          }
        });
  }

  private void onKept(String room, Place place) {
    if (place.kind() == Place.Kind.THERE) {
      shared.giveUp(room);
    } else if (place.kind() == Place.Kind.HERE) {
      shared.releaseUnused(room);
    }
  }

  private void receive(String text, long nowNs) {
    try {
      JsonNode message = MessageFormat.parse(text);
      Peer peer = peer(message.path("from").asText(), nowNs);
      String kind = message.path("kind").asText();
      if (!peer.isNext(message, nowNs)) {
        peer.giveUp(nowNs);
        if (!kind.equals("reset")) {
          peer.tell("reset", "", JSON.createObjectNode());
        }
      }
      receive(peer, kind, message, nowNs);
    } catch (ProtocolException e) {
      // Not of our kind: somebody else uses the same Redis.
    }
  }

  private void receive(Peer peer, String kind, JsonNode message, long nowNs) {
    String name = message.path("line").asText();
    RemoteLine line = peer.lines.get(name);
    Guest guest = peer.guests.get(name);
    switch (kind) {
      case "open" -> greet(peer, name, message.path("text").asText(), nowNs);
      case "attach" -> attach(peer, name, message, nowNs);
      case "call" -> answer(peer, name, message, nowNs);
      case "reset" -> peer.giveUp(nowNs);
      case "answer" -> hear(peer.calls.remove(name), message);
      default -> {
        if (guest != null) {
          receive(guest, kind, message, nowNs);
        } else if (line != null) {
          receive(line, kind, message);
        }
      }
    }
  }

  private static void receive(Guest guest, String kind, JsonNode message, long nowNs) {
    switch (kind) {
      case "say" -> guest.receive(message.path("text").asText(), nowNs);
      case "taken" -> guest.onTaken(message.path("count").asInt());
      case "lost" -> guest.cut(nowNs);
      default -> {}
    }
  }

  private static void receive(RemoteLine line, String kind, JsonNode message) {
    switch (kind) {
      case "carry" -> line.carry(message);
      case "end" -> line.end(message);
      default -> {}
    }
  }

  private void greet(Peer peer, String name, String hello, long nowNs) {
    Guest guest = new Guest(peer, name);
    peer.guests.put(name, guest);
    guest.start(shared.openHere(guest, nowNs));
    guest.receive(hello, nowNs);
  }

  private void attach(Peer peer, String name, JsonNode message, long nowNs) {
    Guest guest = new Guest(peer, name);
    peer.guests.put(name, guest);
    String session = message.path("session").asText();
    try {
      guest.start(shared.openHere(session, message.path("lastId").asLong(), guest, nowNs));
    } catch (ProtocolException e) {
      peer.guests.remove(name);
      String text = MessageFormat.write(CallFormat.failure(e));
      peer.tell("carry", name, JSON.createObjectNode().put("text", text));
      peer.tell("end", name, JSON.createObjectNode().put("code", e.code().word()));
    }
  }

  private void answer(Peer peer, String name, JsonNode message, long nowNs) {
    Call call = CallFormat.call(message);
    ObjectNode answer;
    try {
      String room = call.room();
      if (room != null && !shared.hasRoom(room)) {
        throw CallFormat.moved();
      }
      answer = CallFormat.write(call.perform(rooms, nowNs));
    } catch (ProtocolException e) {
      answer = CallFormat.write(e);
    }
    peer.tell("answer", name, answer);
  }

  private static void hear(@Nullable PendingCall call, JsonNode message) {
    if (call == null) {
      return; // given up meanwhile
    }
    try {
      call.answer().complete(CallFormat.answer(message));
    } catch (ProtocolException e) {
      call.answer().completeExceptionally(e);
    }
  }

  /** Has a request answered by whoever can. */
  public CompletableFuture<CallAnswer> call(Call call) {
    CompletableFuture<CallAnswer> answer = new CompletableFuture<>();
    hop.accept(nowNs -> call(call, answer, nowNs));
    return answer;
  }

  private void call(Call call, CompletableFuture<CallAnswer> answer, long nowNs) {
    String room = call.room();
    String session = call.session();
    if (room != null ? shared.hasRoom(room) : shared.hasSession(session)) {
      perform(call, answer, nowNs);
    } else if (room != null) {
      findRoom(room, (place, laterNs) -> call(call, place, answer, laterNs));
    } else {
      findSession(session, (place, laterNs) -> call(call, place, answer, laterNs));
    }
  }

  private void call(Call call, Place place, CompletableFuture<CallAnswer> answer, long nowNs) {
    switch (place.kind()) {
      case HERE, NOWHERE -> {
        perform(call, answer, nowNs);
        String room = call.room();
        if (room != null) {
          shared.releaseUnused(room);
        }
      }
      case UNKNOWN -> answer.completeExceptionally(CallFormat.moved());
      case THERE -> {
        Peer peer = peer(place.server(), nowNs);
        String name = newName();
        peer.calls.put(name, new PendingCall(answer, nowNs));
        peer.tell("call", name, CallFormat.write(call));
      }
    }
  }

  private void perform(Call call, CompletableFuture<CallAnswer> answer, long nowNs) {
    try {
      answer.complete(call.perform(rooms, nowNs));
    } catch (ProtocolException e) {
      answer.completeExceptionally(e);
    }
  }

  /** Says that this server is there, and looks for those who are not. */
  public void onTick(long nowNs) {
    for (Map.Entry<String, Peer> each : List.copyOf(peers.entrySet())) {
      Peer peer = each.getValue();
      if (!peer.isIdle()) {
        peer.tell("beat", "", JSON.createObjectNode());
        if (peer.isSilentFor(SILENCE_NS, nowNs)) {
          peer.giveUp(nowNs);
        }
      } else if (peer.isSilentFor(FORGET_NS, nowNs)) {
        peers.remove(each.getKey());
      }
    }
  }

  /** Whether the others can be reached. */
  public boolean isUp() {
    return bus.isUp();
  }

  /** Says good-bye to the others, after the rooms are shut down. */
  public void close() {
    bus.close();
  }
}
