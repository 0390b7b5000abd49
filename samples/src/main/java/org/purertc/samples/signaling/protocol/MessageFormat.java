package org.purertc.samples.signaling.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages as JSON text; {@code id} and {@code ack} stand beside a message's own members. */
public final class MessageFormat {
  /** The version of the protocol, and of the subprotocol {@link #SUBPROTOCOL}. */
  public static final int VERSION = 1;

  /** RFC 6455 section 1.9. */
  public static final String SUBPROTOCOL = "purertc.v1";

  /** More than {@code id} and {@code ack} take in a message. */
  public static final int NUMBERS_BYTES = 64;

  private static final int MAX_NESTING = 64;
  private static final ObjectMapper JSON = mapper();

  private MessageFormat() {}

  /** Takes no text for a number and no number for a text, and ignores members unknown to it. */
  private static ObjectMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                    .build())
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // 1e400 stays what it is; a double would become Infinity, which is no JSON.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .defaultPropertyInclusion(
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();
    mapper
        .coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    return mapper;
  }

  /** Any JSON text. */
  public static JsonNode parse(String text) throws ProtocolException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ProtocolException(
          ErrorCode.MALFORMED, "this is no JSON: " + e.getOriginalMessage());
    }
  }

  /** The number beside a message; 0 when it has none. */
  public static long id(JsonNode message) throws ProtocolException {
    return number(message, "id", 1);
  }

  /** What a message acknowledges; 0 when it acknowledges nothing. */
  public static long ack(JsonNode message) throws ProtocolException {
    return number(message, "ack", 0);
  }

  private static long number(JsonNode message, String name, long least) throws ProtocolException {
    JsonNode value = message.path(name);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < least) {
      throw new ProtocolException(ErrorCode.MALFORMED, name + " takes whole numbers from " + least);
    }
    return value.longValue();
  }

  public static ClientMessage clientMessage(JsonNode message) throws ProtocolException {
    return read(message, ClientMessage.class);
  }

  public static ServerMessage serverMessage(JsonNode message) throws ProtocolException {
    return read(message, ServerMessage.class);
  }

  private static <T> T read(JsonNode message, Class<T> type) throws ProtocolException {
    if (!message.path("type").isTextual()) {
      throw new ProtocolException(ErrorCode.MALFORMED, "a message is a JSON object with a type");
    }
    String word = message.path("type").asText();
    for (Map.Entry<String, JsonNode> member : message.properties()) {
      if (member.getValue().isNull() && !member.getKey().equals("data")) {
        throw new ProtocolException(
            ErrorCode.MALFORMED, word + ": " + member.getKey() + " is null");
      }
    }
    try {
      return JSON.treeToValue(message, type);
    } catch (InvalidTypeIdException e) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_TYPE, "no message of this version has that type");
    } catch (JsonProcessingException e) {
      throw new ProtocolException(ErrorCode.MALFORMED, word + ": " + reason(e));
    }
  }

  /** Jackson's own words name our classes, which is nothing to a client. */
  private static String reason(JsonProcessingException thrown) {
    if (thrown.getCause() instanceof IllegalArgumentException rule && rule.getMessage() != null) {
      return rule.getMessage();
    }
    String path =
        thrown instanceof JsonMappingException it
            ? it.getPath().stream()
                .map(each -> String.valueOf(each.getFieldName()))
                .collect(Collectors.joining("."))
            : "";
    return (path.isEmpty() ? "a member of it" : path) + " is missing or of a wrong type";
  }

  /** The text of a message, without a number. */
  public static String write(ClientMessage message) {
    return json(message);
  }

  /** The text of a message, without a number. */
  public static String write(ServerMessage message) {
    return json(message);
  }

  private static String json(Object message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not writable as JSON", e);
    }
  }

  /** How long a text is when it is carried. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Puts {@code id} into what {@link #write} made; done once for each reader of a broadcast. */
  public static String numbered(String text, long id) {
    return insert(text, "\"id\":" + id);
  }

  /** Puts {@code ack} into what {@link #write} made. */
  public static String acknowledging(String text, long ack) {
    return insert(text, "\"ack\":" + ack);
  }

  /** Before the last brace; every message has a type, so that a comma is right. */
  private static String insert(String text, String member) {
    return text.substring(0, text.length() - 1) + "," + member + "}";
  }
}
