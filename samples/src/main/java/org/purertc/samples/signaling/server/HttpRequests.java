package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Call;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/**
 * A session by requests: said with POST, heard with GET, at once or as soon as there is something.
 */
final class HttpRequests {
  private static final String BEARER = "Bearer ";

  /** Shorter than proxies and servers let a request wait. */
  private static final long LONGEST_WAIT_SECONDS = 30;

  private final RoomThread thread;
  private final RoomCalls calls;
  private final int messageBytes;

  /** On the {@link RoomThread} only. */
  private final Set<LongPoll> polls = new LinkedHashSet<>();

  HttpRequests(RoomThread thread, RoomCalls calls, int messageBytes) {
    this.thread = thread;
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

  /** Answers with what is there; where nothing is, after a while if the request says so. */
  void read(Context context) throws ProtocolException {
    String session = session(context);
    long lastId = number(context, "lastId");
    long waitSeconds = Math.min(number(context, "wait"), LONGEST_WAIT_SECONDS);
    if (waitSeconds == 0) {
      json(context, array(calls.answer(new Call.Read(session, lastId)).messages()));
      return;
    }
    LongPoll poll =
        thread.ask(
            (rooms, now) -> {
              LongPoll made = new LongPoll(thread, waitSeconds, now);
              made.start(rooms.open(session, lastId, made, now));
              polls.add(made);
              return made;
            });
    poll.answer(context);
  }

  /**
   * Ends what has waited for long enough; on the {@link RoomThread}.
   *
   * @return whether nobody waits
   */
  boolean tick() {
    long nowNs = System.nanoTime();
    polls.removeIf(it -> it.isOver(nowNs));
    return polls.isEmpty();
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

  private static long number(Context context, String name) throws ProtocolException {
    return number(context.queryParam(name), name);
  }

  /** A number as a request says it; 0 when it does not. */
  static long number(@Nullable String text, String name) throws ProtocolException {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new ProtocolException(ErrorCode.MALFORMED, name + " is no number");
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

  static String array(List<String> messages) {
    return "[" + String.join(",\n", messages) + "]";
  }

  /** A request that ends before its body does is no fault of the server: nothing to log. */
  static void brokeOff(EofException end, Context context) {
    context.status(HttpStatus.BAD_REQUEST);
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
