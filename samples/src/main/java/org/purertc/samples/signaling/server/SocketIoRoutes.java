package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Rooms;
import org.purertc.samples.signaling.socketio.EngineSession;

/**
 * Where clients of Socket.IO connect: by polling, by WebSocket, or first one and then the other.
 */
final class SocketIoRoutes {
  /** Carries one message in either direction. */
  static final String EVENT = "signaling";

  private static final String PATH = "/socket.io/";

  /** What Socket.IO puts around the longest message. */
  private static final int AROUND_BYTES = 64;

  private static final int ID_BYTES = 15;

  private final RoomThread thread;
  private final OpenCarriers open;
  private final Origins origins;
  private final int maxPayloadBytes;
  private final int mostSessions;
  private final SecureRandom random = new SecureRandom();

  /** On the {@link RoomThread} only. */
  private final Map<String, SocketIoCarrier> carriers = new HashMap<>();

  private final Map<String, JettySocket> sockets = new ConcurrentHashMap<>();

  /** What a session is made of. */
  record Opening(RoomThread thread, OpenCarriers open, String id, int maxPayloadBytes) {}

  SocketIoRoutes(RoomThread thread, OpenCarriers open, Origins origins, SignalingOptions options) {
    this.thread = thread;
    this.open = open;
    this.origins = origins;
    maxPayloadBytes = options.limits().session().messageBytes() + AROUND_BYTES;
    mostSessions = options.limits().sessions();
  }

  void configure(RoutesConfig routes) {
    routes.get(PATH, this::poll);
    routes.post(PATH, this::send);
    routes.wsBeforeUpgrade(PATH, this::beforeUpgrade);
    routes.ws(PATH, this::socket);
  }

  /** On the {@link RoomThread}. */
  void tick() {
    long nowNs = System.nanoTime();
    List.copyOf(carriers.values()).forEach(it -> it.watch(nowNs));
  }

  private void poll(Context context) throws ProtocolException {
    check(context, "polling");
    String id = context.queryParam("sid");
    if (id == null) {
      text(context, thread.ask((rooms, nowNs) -> open(rooms, nowNs).session.open()));
      return;
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    taken(thread.ask((rooms, nowNs) -> poll(id, answer)));
    context.future(() -> answer.thenAccept(it -> text(context, it)));
  }

  private void send(Context context) throws IOException, ProtocolException {
    check(context, "polling");
    String id = context.queryParam("sid");
    byte[] bytes = context.req().getInputStream().readNBytes(maxPayloadBytes + 1);
    if (bytes.length > maxPayloadBytes) {
      throw new ProtocolException(
          ErrorCode.TOO_LARGE, "a request takes no more than " + maxPayloadBytes + " bytes");
    }
    String payload = new String(bytes, UTF_8);
    taken(thread.ask((rooms, nowNs) -> receive(id, payload, nowNs)));
    text(context, "ok");
  }

  /** Refuses what this server does not speak, with the words of Engine.IO. */
  private void check(Context context, String transport) {
    origins.check(context);
    if (!"4".equals(context.queryParam("EIO"))) {
      throw refusal(5, "Unsupported protocol version");
    }
    if (!transport.equals(context.queryParam("transport"))) {
      throw refusal(0, "Transport unknown");
    }
  }

  private static BadRequestResponse refusal(int code, String message) {
    return new BadRequestResponse(
        String.format(Locale.ROOT, "{\"code\":%d,\"message\":\"%s\"}", code, message));
  }

  private static void text(Context context, String text) {
    context.header("Cache-Control", "no-store");
    context.contentType("text/plain; charset=UTF-8").result(text);
  }

  private SocketIoCarrier open(Rooms rooms, long nowNs) throws ProtocolException {
    if (carriers.size() >= mostSessions) {
      throw new ProtocolException(ErrorCode.SERVER_FULL, "this server takes no more connections");
    }
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().encodeToString(bytes);
    Opening opening = new Opening(thread, open, id, maxPayloadBytes);
    SocketIoCarrier made = new SocketIoCarrier(opening, rooms, () -> carriers.remove(id), nowNs);
    carriers.put(id, made);
    return made;
  }

  /** Whether a session took a request. */
  private enum Taken {
    YES,
    NO,
    UNKNOWN_SESSION
  }

  private Taken poll(@Nullable String id, CompletableFuture<String> answer) {
    EngineSession session = session(id);
    if (session == null) {
      return Taken.UNKNOWN_SESSION;
    }
    return session.poll(answer::complete) ? Taken.YES : Taken.NO;
  }

  private Taken receive(@Nullable String id, String payload, long nowNs) {
    EngineSession session = session(id);
    if (session == null) {
      return Taken.UNKNOWN_SESSION;
    }
    return session.receive(payload, nowNs) ? Taken.YES : Taken.NO;
  }

  private @Nullable EngineSession session(@Nullable String id) {
    SocketIoCarrier carrier = carriers.get(id);
    return carrier == null ? null : carrier.session;
  }

  private static void taken(Taken how) {
    if (how == Taken.UNKNOWN_SESSION) {
      throw refusal(1, "Session ID unknown");
    } else if (how == Taken.NO) {
      throw refusal(3, "Bad request");
    }
  }

  private void beforeUpgrade(Context context) throws ProtocolException {
    check(context, "websocket");
    String id = context.queryParam("sid");
    if (id != null) {
      taken(thread.ask((rooms, nowNs) -> session(id) == null ? Taken.UNKNOWN_SESSION : Taken.YES));
    }
  }

  private void socket(WsConfig socket) {
    socket.onConnect(this::opened);
    socket.onMessage(
        message -> {
          JettySocket from = sockets.get(message.sessionId());
          if (from != null) {
            from.receive(message.message());
          }
        });
    socket.onBinaryMessage(message -> message.closeSession(StatusCode.BAD_DATA, "text only"));
    socket.onClose(this::closed);
    socket.onError(this::closed);
  }

  private void opened(WsConnectContext context) throws ProtocolException {
    context.session.setMaxTextMessageSize(maxPayloadBytes);
    String id = context.queryParam("sid");
    Optional<JettySocket> made =
        thread.ask((rooms, nowNs) -> begin(id, context.session, rooms, nowNs));
    if (made.isEmpty()) {
      context.session.disconnect(); // its session ended meanwhile
    } else {
      sockets.put(context.sessionId(), made.get());
    }
  }

  private Optional<JettySocket> begin(@Nullable String id, Session socket, Rooms rooms, long nowNs)
      throws ProtocolException {
    EngineSession session = id == null ? open(rooms, nowNs).session : session(id);
    if (session == null) {
      return Optional.empty();
    }
    JettySocket made = new JettySocket(socket, thread, session);
    if (id == null) {
      session.begin(made);
    } else {
      session.probe(made, nowNs);
    }
    return Optional.of(made);
  }

  private void closed(WsContext context) {
    JettySocket gone = sockets.remove(context.sessionId());
    if (gone != null) {
      thread.tell(gone::lost);
    }
  }

  /** A WebSocket of Jetty as a session sees it. */
  private record JettySocket(Session socket, RoomThread thread, EngineSession session)
      implements EngineSession.Socket {

    void receive(String packet) throws ProtocolException {
      thread.ask(
          (rooms, nowNs) -> {
            session.receive(this, packet, nowNs);
            return packet;
          });
    }

    void lost() {
      session.lost(this);
    }

    @Override
    public void send(String packet) {
      socket.sendText(
          packet,
          Callback.from(
              () -> thread.tell(() -> session.onSent(this)), failure -> thread.tell(this::lost)));
    }

    @Override
    public void close() {
      socket.close(StatusCode.NORMAL, "", Callback.NOOP);
    }

    @Override
    public void abort() {
      socket.disconnect();
    }
  }
}
