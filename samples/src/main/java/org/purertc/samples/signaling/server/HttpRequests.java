package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Call;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/** A session by requests: said with POST, heard with GET. */
final class HttpRequests {
  private static final String BEARER = "Bearer ";

  private final RoomCalls calls;
  private final int messageBytes;

  HttpRequests(RoomCalls calls, int messageBytes) {
    this.calls = calls;
    this.messageBytes = messageBytes;
  }

  /** Joins or resumes. */
  void hello(Context context) throws IOException, ProtocolException {
    JsonNode message = body(context);
    json(context.status(201), array(calls.answer(new Call.Hello(message)).messages()));
  }

  /** Takes one message or an array of them. */
  void send(Context context) throws IOException, ProtocolException {
    String session = session(context);
    JsonNode body = body(context);
    JsonNode messages = body.isArray() ? body : JsonNodeFactory.instance.arrayNode().add(body);
    long received = calls.answer(new Call.Say(session, messages)).received();
    json(context, MessageFormat.write(new ServerMessage.Ack(received)));
  }

  /** Answers at once with what is there. */
  void read(Context context) throws ProtocolException {
    String session = session(context);
    long lastId = lastId(context.queryParam("lastId"));
    json(context, array(calls.answer(new Call.Read(session, lastId)).messages()));
  }

  void leave(Context context) throws ProtocolException {
    calls.answer(new Call.Leave(session(context)));
    context.status(204);
  }

  /** The session that a request is for. */
  static String session(Context context) throws ProtocolException {
    String authorization = context.header("Authorization");
    String session =
        authorization != null && authorization.startsWith(BEARER)
            ? authorization.substring(BEARER.length())
            : context.queryParam("session");
    if (session == null) {
      throw new ProtocolException(
          ErrorCode.UNKNOWN_SESSION, "the request names no session (Authorization: Bearer …)");
    }
    return session;
  }

  /** A number of a message as a request says it; 0 when it does not. */
  static long lastId(@Nullable String text) throws ProtocolException {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new ProtocolException(ErrorCode.MALFORMED, "lastId is no number");
    }
  }

  private JsonNode body(Context context) throws IOException, ProtocolException {
    byte[] bytes = context.req().getInputStream().readNBytes(messageBytes + 1);
    if (bytes.length > messageBytes) {
      throw new ProtocolException(
          ErrorCode.TOO_LARGE, "a request takes no more than " + messageBytes + " bytes");
    }
    return MessageFormat.parse(new String(bytes, UTF_8));
  }

  private static String array(List<String> messages) {
    return "[" + String.join(",\n", messages) + "]";
  }

  /** Answers with what is wrong. */
  static void fail(ProtocolException failure, Context context) {
    context.status(failure.code().httpStatus());
    json(
        context,
        MessageFormat.write(new ServerMessage.Failure(failure.code(), failure.reason(), null)));
  }

  static void json(Context context, String text) {
    context.header("Cache-Control", "no-store");
    context.contentType("application/json; charset=utf-8").result(text + "\n");
  }
}
