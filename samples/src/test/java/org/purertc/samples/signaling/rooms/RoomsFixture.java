package org.purertc.samples.signaling.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.IceServer;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.Schema;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** Rooms, a clock, and clients that speak JSON. */
final class RoomsFixture implements RoomHost {
  final Rooms rooms;
  long nowNs;

  RoomsFixture(RoomLimits limits) {
    rooms = new Rooms(limits, this, new Random(1));
  }

  void pass(long ms) {
    long endNs = nowNs + TimeUnit.MILLISECONDS.toNanos(ms);
    while (rooms.nextDeadlineNs() <= endNs) {
      nowNs = rooms.nextDeadlineNs();
      rooms.onDeadline(nowNs);
    }
    nowNs = endNs;
  }

  /** A client that has said hello to room tea. */
  Client join(String name) {
    Client client = new Client();
    client.say(hello(name, ""));
    return client;
  }

  /** A client that has shown a token. */
  Client joinWith(String token, String more) {
    Client client = new Client();
    client.say(hello(token, ",\"token\":\"" + token + "\"" + more));
    return client;
  }

  static String hello(String name, String more) {
    return "{\"type\":\"hello\",\"version\":1,\"room\":\"tea\",\"name\":\"%s\"%s}"
        .formatted(name, more);
  }

  @Override
  public @Nullable Admission admit(String room, @Nullable String token) {
    if ("member".equals(token)) {
      return new Admission(MemberRole.MEMBER);
    } else if ("host".equals(token)) {
      return new Admission(MemberRole.HOST);
    }
    return !room.equals("locked") || "key".equals(token) ? Admission.OPEN : null;
  }

  @Override
  public List<IceServer> iceServers(String member) {
    return List.of();
  }

  @Override
  public long unixTimeMs() {
    return TimeUnit.NANOSECONDS.toMillis(nowNs);
  }

  /** One connection; every message on it is held against the schema. */
  final class Client implements Connection.Listener {
    final Connection connection = rooms.open(this, nowNs);
    final List<String> heard = new ArrayList<>();
    boolean reading = true;
    boolean ended;
    @Nullable ErrorCode why;

    void say(String text) {
      connection.receive(text, nowNs);
    }

    @Override
    public void onReady() {
      for (String text = reading ? connection.next() : null;
          text != null;
          text = connection.next()) {
        if (!Schema.SERVER.complaints(text).isEmpty()) {
          throw new AssertionError(text + Schema.SERVER.complaints(text));
        }
        heard.add(text);
      }
    }

    @Override
    public void onEnd(@Nullable ErrorCode reason) {
      ended = true;
      why = reason;
      onReady();
    }

    List<ServerMessage> messages() {
      return heard.stream().map(this::read).toList();
    }

    private ServerMessage read(String text) {
      try {
        return MessageFormat.serverMessage(MessageFormat.parse(text));
      } catch (ProtocolException e) {
        throw new AssertionError(text, e);
      }
    }

    <T extends ServerMessage> List<T> messages(Class<T> type) {
      return messages().stream().filter(type::isInstance).map(type::cast).toList();
    }

    ServerMessage.Welcome welcome() {
      return messages(ServerMessage.Welcome.class).get(0);
    }

    String id() {
      return welcome().member();
    }

    /** The codes of what was refused. */
    List<ErrorCode> failures() {
      return messages(ServerMessage.Failure.class).stream()
          .map(ServerMessage.Failure::code)
          .toList();
    }
  }
}
