package org.purertc.samples.signaling.rooms;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage;
import org.purertc.samples.signaling.protocol.ClientMessage.Broadcast;
import org.purertc.samples.signaling.protocol.ClientMessage.Chat;
import org.purertc.samples.signaling.protocol.ClientMessage.Direct;
import org.purertc.samples.signaling.protocol.ClientMessage.IceServers;
import org.purertc.samples.signaling.protocol.ClientMessage.Leave;
import org.purertc.samples.signaling.protocol.ClientMessage.Remove;
import org.purertc.samples.signaling.protocol.ClientMessage.Role;
import org.purertc.samples.signaling.protocol.ClientMessage.Status;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** Obeys one member's messages. */
final class Reception {
  private final Rooms rooms;
  private final RoomHost host;
  private final Session from;
  private final Room room;

  Reception(Rooms rooms, RoomHost host, Session from) {
    this.rooms = rooms;
    this.host = host;
    this.from = from;
    room = from.room;
  }

  /**
   * Takes one message.
   *
   * @param connection that it came by; null when by a request
   * @throws ProtocolException when nothing more can be taken from where it came
   */
  void receive(JsonNode message, @Nullable Connection connection, long nowNs)
      throws ProtocolException {
    from.acknowledge(MessageFormat.ack(message));
    long id = MessageFormat.id(message);
    if (id == 0) {
      takeToken(nowNs);
      unnumbered(MessageFormat.clientMessage(message), connection);
    } else if (from.accepts(id)) {
      room.counters.onReceived();
      try {
        if (!takeToken(nowNs)) {
          throw new ProtocolException(ErrorCode.RATE_LIMITED, "too many messages: send it later");
        }
        obey(MessageFormat.clientMessage(message));
      } catch (ProtocolException e) {
        room.counters.onRefused(e.code());
        from.send(new ServerMessage.Failure(e.code(), e.reason(), id));
      }
    }
  }

  /** Whether this sender keeps to its rate; who does not care at all is cut off. */
  private boolean takeToken(long nowNs) throws ProtocolException {
    boolean paced = from.rate.take(nowNs);
    if (from.rate.isFlooded()) {
      rooms.end(from, LeaveReason.REMOVED, ErrorCode.RATE_LIMITED, "far too many messages");
    }
    return paced;
  }

  private static void unnumbered(ClientMessage message, @Nullable Connection connection)
      throws ProtocolException {
    if (message instanceof ClientMessage.Ping) {
      if (connection != null) {
        connection.pong();
      }
    } else if (!(message instanceof ClientMessage.Ack)) {
      throw new ProtocolException(ErrorCode.MALFORMED, "a message of this type has an id");
    }
  }

  private void obey(ClientMessage message) throws ProtocolException {
    if (message instanceof Direct it) {
      member(it.to()).send(new ServerMessage.Direct(from.member().id(), it.data()));
    } else if (message instanceof Broadcast it) {
      requireVoice();
      room.sendToOthers(from, new ServerMessage.Broadcast(from.member().id(), it.data()));
    } else if (message instanceof Chat it) {
      requireVoice();
      room.chat(from, it.text(), host.unixTimeMs());
    } else if (message instanceof Status it) {
      room.setPresence(from, true, it.status());
    } else if (message instanceof Role it) {
      requireHost();
      room.setRole(member(it.member()), it.role());
    } else if (message instanceof Remove it) {
      requireHost();
      rooms.end(member(it.member()), LeaveReason.REMOVED, ErrorCode.REMOVED, "a host sent you out");
    } else if (message instanceof IceServers) {
      from.send(new ServerMessage.IceServers(host.iceServers(from.member().id())));
    } else if (message instanceof Leave) {
      rooms.end(from, LeaveReason.LEFT, null, "");
    } else {
      throw new ProtocolException(ErrorCode.MALFORMED, "a message of this type has no id");
    }
  }

  private Session member(String id) throws ProtocolException {
    Session session = room.session(id);
    if (session == null) {
      throw new ProtocolException(ErrorCode.UNKNOWN_MEMBER, "nobody here is called that");
    }
    return session;
  }

  private void requireHost() throws ProtocolException {
    if (from.member().role() != MemberRole.HOST) {
      throw new ProtocolException(ErrorCode.FORBIDDEN, "only a host may do that");
    }
  }

  private void requireVoice() throws ProtocolException {
    if (from.member().role() == MemberRole.LISTENER) {
      throw new ProtocolException(ErrorCode.FORBIDDEN, "listeners do not speak to all");
    }
  }
}
