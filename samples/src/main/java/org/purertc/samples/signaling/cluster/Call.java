package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Rooms;

/** What a request wants of the rooms. */
public sealed interface Call {

  /** Joins or resumes. */
  record Hello(JsonNode message) implements Call {
    @Override
    public @Nullable String room() {
      return message.path("room").asText();
    }

    @Override
    public String session() {
      return message.path("session").asText();
    }

    @Override
    public CallAnswer perform(Rooms rooms, long nowNs) throws ProtocolException {
      return new CallAnswer(rooms.hello(message, nowNs), 0);
    }
  }

  /** Says something. */
  record Say(String session, JsonNode messages) implements Call {
    @Override
    public CallAnswer perform(Rooms rooms, long nowNs) throws ProtocolException {
      return new CallAnswer(List.of(), rooms.receive(session, messages, nowNs));
    }
  }

  /** Hears what follows a message. */
  record Read(String session, long lastId) implements Call {
    @Override
    public CallAnswer perform(Rooms rooms, long nowNs) throws ProtocolException {
      return new CallAnswer(rooms.read(session, lastId, nowNs), 0);
    }
  }

  /** Ends the session. */
  record Leave(String session) implements Call {
    @Override
    public CallAnswer perform(Rooms rooms, long nowNs) throws ProtocolException {
      rooms.leave(session);
      return new CallAnswer(List.of(), 0);
    }
  }

  /** The room that is wanted; null when the session says it. */
  default @Nullable String room() {
    return null;
  }

  String session();

  CallAnswer perform(Rooms rooms, long nowNs) throws ProtocolException;
}
