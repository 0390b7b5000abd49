package org.purertc.samples.signaling.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.cluster.Bus;
import org.purertc.samples.signaling.cluster.Federation;
import org.purertc.samples.signaling.cluster.RedisAddress;
import org.purertc.samples.signaling.cluster.RedisBus;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Rooms;
import org.purertc.samples.web.Assets;

/** The rooms' routes, for any Javalin server. */
public final class SignalingRoutes implements AutoCloseable {
  private static final String ROOT = "/signaling";
  private static final long PING_SECONDS = 20;
  private static final long COMMENT_SECONDS = 15;
  private static final long POLL_SECONDS = 1;
  private static final long FAREWELL_MS = 2_000;

  private final RoomThread thread;
  private final OpenCarriers open = new OpenCarriers();
  private final Origins origins;
  private final HttpRequests requests;
  private final @Nullable Federation others;
  private final SocketIoRoutes socketIo;
  private final int messageBytes;
  private final Map<String, WebSocketCarrier> sockets = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @throws IOException says in one line why the Redis of the options cannot be used
   */
  public SignalingRoutes(SignalingOptions options) throws IOException {
    messageBytes = options.limits().session().messageBytes();
    origins = new Origins(options.allowedOrigins());
    RedisAddress redis = options.redis();
    Bus bus = redis == null ? null : RedisBus.connect(UUID.randomUUID().toString(), redis);
    Rooms rooms = new Rooms(options.limits(), new ConfiguredHost(options), new SecureRandom());
    thread = new RoomThread(rooms);
    others = bus == null ? null : share(rooms, bus, options);
    requests = new HttpRequests(thread, new RoomCalls(thread, others), messageBytes);
    thread.every(COMMENT_SECONDS, open::tick);
    thread.every(POLL_SECONDS, requests::tick);
    socketIo = new SocketIoRoutes(thread, open, origins, options);
    thread.every(POLL_SECONDS, socketIo::tick);
  }

  private Federation share(Rooms rooms, Bus bus, SignalingOptions options) {
    Federation made =
        new Federation(
            rooms,
            bus,
            options.limits().session(),
            action -> thread.tell(() -> action.accept(System.nanoTime())));
    made.start();
    thread.every(Federation.TICK_SECONDS, () -> made.onTick(System.nanoTime()));
    return made;
  }

  /** Adds the routes. */
  public void configure(RoutesConfig routes) {
    routes.exception(ProtocolException.class, HttpRequests::fail);
    routes.exception(EofException.class, HttpRequests::brokeOff);
    routes.before(ROOT + "/*", origins::check);
    routes.options(ROOT + "/*", context -> context.status(HttpStatus.NO_CONTENT));
    routes.post(ROOT + "/sessions", requests::hello);
    routes.delete(ROOT + "/sessions", requests::leave);
    routes.post(ROOT + "/messages", requests::send);
    routes.get(ROOT + "/messages", requests::read);
    routes.get(ROOT + "/events", this::events);
    routes.wsBeforeUpgrade(ROOT, this::beforeUpgrade);
    routes.ws(ROOT, this::socket);
    socketIo.configure(routes);
    routes.get("/health", this::health);
    routes.get("/metrics", this::metrics);
    routes.get("/signaling.schema.json", SignalingRoutes::schema);
    routes.get("/signaling.js", this::script);
  }

  private void events(Context context) throws IOException, ProtocolException {
    String session = HttpRequests.session(context);
    String header = context.header("Last-Event-ID");
    long lastId =
        HttpRequests.number(header == null ? context.queryParam("lastId") : header, "lastId");
    EventStream stream = new EventStream(thread, open);
    thread.ask(
        (rooms, nowNs) -> {
          stream.start(rooms.open(session, lastId, stream, nowNs));
          return stream;
        });
    stream.answer(context);
  }

  private void beforeUpgrade(Context context) {
    origins.check(context);
    String offered = context.header("Sec-WebSocket-Protocol");
    if (offered == null) {
      return;
    }
    if (Arrays.stream(offered.split(",")).noneMatch(it -> it.strip().equals(subprotocol()))) {
      throw new BadRequestResponse("this WebSocket speaks " + subprotocol());
    }
    // RFC 6455 section 4.2.2: one of those that the client offered.
    context.res().setHeader("Sec-WebSocket-Protocol", subprotocol());
  }

  private static String subprotocol() {
    return MessageFormat.SUBPROTOCOL;
  }

  private void socket(WsConfig socket) {
    socket.onConnect(this::opened);
    socket.onMessage(
        message -> {
          WebSocketCarrier carrier = sockets.get(message.sessionId());
          if (carrier != null) {
            carrier.receive(message.message());
          }
        });
    socket.onBinaryMessage(message -> message.closeSession(StatusCode.BAD_DATA, "text only"));
    socket.onClose(this::closed);
    socket.onError(this::closed);
  }

  private void opened(WsConnectContext context) throws ProtocolException {
    context.session.setMaxTextMessageSize(messageBytes);
    context.enableAutomaticPings(PING_SECONDS, TimeUnit.SECONDS);
    WebSocketCarrier carrier = new WebSocketCarrier(context, thread, open);
    sockets.put(context.sessionId(), carrier);
    thread.ask(
        (rooms, nowNs) -> {
          carrier.start(rooms.open(carrier, nowNs));
          return carrier;
        });
  }

  private void closed(WsContext context) {
    WebSocketCarrier carrier = sockets.remove(context.sessionId());
    if (carrier != null) {
      carrier.lost();
    }
  }

  /** 503 when the server ends soon: nobody new is sent here. */
  private void health(Context context) throws ProtocolException {
    String status = draining ? "draining" : "ok";
    context.status(draining ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK);
    HttpRequests.json(
        context,
        thread.ask(
            (rooms, nowNs) ->
                String.format(
                    Locale.ROOT,
                    "{\"status\":\"%s\",\"rooms\":%d,\"members\":%d}",
                    status,
                    rooms.roomCount(),
                    rooms.sessionCount())));
  }

  private void metrics(Context context) throws ProtocolException {
    String text = thread.ask((rooms, nowNs) -> Metrics.of(rooms, open, others));
    context.contentType(Metrics.CONTENT_TYPE).result(text);
  }

  /** From now on {@code /health} says that the server ends soon; everything else goes on. */
  void drain() {
    draining = true;
  }

  /** A page of another server imports it only if it may use this one. */
  private void script(Context context) throws IOException {
    origins.check(context);
    Assets.send(context, "signaling.js");
  }

  private static void schema(Context context) throws IOException {
    try (InputStream in =
        SignalingRoutes.class.getResourceAsStream(
            "/org/purertc/samples/signaling/signaling.schema.json")) {
      context.contentType("application/schema+json").result(in.readAllBytes());
    }
  }

  /** Tells everybody that the server ends, and gives them a moment to hear it. */
  @Override
  public void close() {
    try {
      thread.ask(
          (rooms, nowNs) -> {
            rooms.shutDown();
            return rooms;
          });
      long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MS);
      while (!thread.ask((rooms, nowNs) -> requests.tick() && open.isEmpty())
          && System.nanoTime() < endNs) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (ProtocolException e) {
      // It has ended before.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (others != null) {
      others.close();
    }
    thread.close();
  }
}
