package org.purertc.samples.signaling.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** Requests and their answers between servers, as JSON. */
final class CallFormat {
  private static final JsonMapper JSON = new JsonMapper();

  private CallFormat() {}

  static ObjectNode write(Call call) {
    ObjectNode node = JSON.createObjectNode().put("session", call.session());
    if (call instanceof Call.Hello it) {
      node.put("op", "hello").set("message", it.message());
    } else if (call instanceof Call.Say it) {
      node.put("op", "say").set("message", it.messages());
    } else if (call instanceof Call.Read it) {
      node.put("op", "read").put("lastId", it.lastId());
    } else {
      node.put("op", "leave");
    }
    return node;
  }

  static Call call(JsonNode node) {
    String session = node.path("session").asText();
    return switch (node.path("op").asText()) {
      case "hello" -> new Call.Hello(node.path("message"));
      case "say" -> new Call.Say(session, node.path("message"));
      case "read" -> new Call.Read(session, node.path("lastId").asLong());
      default -> new Call.Leave(session);
    };
  }

  static ObjectNode write(CallAnswer answer) {
    ObjectNode node = JSON.createObjectNode().put("received", answer.received());
    ArrayNode messages = node.putArray("messages");
    answer.messages().forEach(messages::add);
    return node;
  }

  static ObjectNode write(ProtocolException failure) {
    return JSON.createObjectNode()
        .put("code", failure.code().word())
        .put("reason", failure.reason());
  }

  static CallAnswer answer(JsonNode node) throws ProtocolException {
    JsonNode code = node.path("code");
    if (code.isTextual()) {
      throw new ProtocolException(
          JSON.convertValue(code, ErrorCode.class), node.path("reason").asText());
    }
    List<String> messages = new ArrayList<>();
    node.path("messages").forEach(it -> messages.add(it.asText()));
    return new CallAnswer(messages, node.path("received").asLong());
  }

  static ServerMessage.Failure failure(ProtocolException failure) {
    return new ServerMessage.Failure(failure.code(), failure.reason(), null);
  }

  /** Nobody knows just now where the room is. */
  static ProtocolException moved() {
    return new ProtocolException(ErrorCode.SERVER_FULL, "the room cannot be found now: try again");
  }
}
