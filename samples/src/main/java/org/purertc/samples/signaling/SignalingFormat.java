package org.purertc.samples.signaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.samples.signaling.SignalingMessage.Candidate;
import org.purertc.samples.signaling.SignalingMessage.Description;
import org.purertc.samples.signaling.SignalingMessage.Failure;

/**
 * One JSON object for each message.
 *
 * <pre>{@code
 * {"type":"description","sdpType":"offer","sdp":"v=0…"}
 * {"type":"candidate","candidate":"candidate:…","sdpMid":"0","sdpMLineIndex":0}
 * {"type":"error","reason":"…"}
 * }</pre>
 */
public final class SignalingFormat {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SignalingFormat() {}

  public static String write(SignalingMessage message) {
    return json(message).toString();
  }

  /** A message as a JSON object, to be put into another one. */
  public static JsonNode json(SignalingMessage message) {
    ObjectNode node = JSON.createObjectNode();
    if (message instanceof Description it) {
      node.put("type", "description");
      node.put("sdpType", it.description().type().toString());
      node.put("sdp", it.description().sdp());
    } else if (message instanceof Candidate it) {
      RTCIceCandidate candidate = it.candidate();
      node.put("type", "candidate");
      node.put("candidate", candidate.candidate());
      node.put("sdpMid", candidate.sdpMid());
      node.put("sdpMLineIndex", candidate.sdpMLineIndex());
      if (candidate.usernameFragment() != null) {
        node.put("usernameFragment", candidate.usernameFragment());
      }
    } else if (message instanceof Failure it) {
      node.put("type", "error");
      node.put("reason", it.reason());
    }
    return node;
  }

  public static SignalingMessage read(String line) throws SignalingException {
    JsonNode node = parse(line);
    SignalingMessage message = read(node);
    if (message == null) {
      throw new SignalingException("unknown signalling message type " + node.path("type"));
    }
    return message;
  }

  /** Parses one line into a JSON object. */
  public static JsonNode parse(String line) throws SignalingException {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new SignalingException("not a JSON object: " + e.getOriginalMessage());
    }
    if (node == null || !node.isObject()) {
      throw new SignalingException("not a JSON object");
    }
    return node;
  }

  /** The message in {@code node}, or null when its type is none of signalling's. */
  public static @Nullable SignalingMessage read(JsonNode node) throws SignalingException {
    return switch (node.path("type").asText()) {
      case "description" -> description(node);
      case "candidate" -> candidate(node);
      case "error" -> new Failure(text(node, "reason"));
      default -> null;
    };
  }

  private static Description description(JsonNode node) throws SignalingException {
    String word = text(node, "sdpType");
    for (RTCSdpType type : RTCSdpType.values()) {
      if (type.toString().equals(word)) {
        return new Description(new RTCSessionDescription(type, text(node, "sdp")));
      }
    }
    throw new SignalingException("sdpType \"" + word + "\" is none of offer, answer");
  }

  private static Candidate candidate(JsonNode node) throws SignalingException {
    JsonNode mid = node.path("sdpMid");
    JsonNode index = node.path("sdpMLineIndex");
    JsonNode fragment = node.path("usernameFragment");
    return new Candidate(
        new RTCIceCandidate(
            text(node, "candidate"),
            mid.isTextual() ? mid.asText() : null,
            index.isInt() ? Integer.valueOf(index.asInt()) : null,
            fragment.isTextual() ? fragment.asText() : null));
  }

  private static String text(JsonNode node, String field) throws SignalingException {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new SignalingException(node.path("type").asText() + " without the text " + field);
    }
    return value.asText();
  }
}
