package org.purertc.samples.signaling.rooms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage.Hello;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.LeaveReason;
import org.purertc.samples.signaling.protocol.Member;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.protocol.ServerMessage;

/**
 * All rooms of a server, and the sessions in them.
 *
 * <p>A transport that pushes opens a {@link Connection}; one that is asked uses {@link #hello},
 * {@link #receive} and {@link #read} with a session's name. A session may use them by turns.
 */
public final class Rooms {
  private static final long HELLO_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

  /** A page that is loaded anew is not shown as gone. */
  private static final long UNNOTICED_NS = TimeUnit.SECONDS.toNanos(5);

  /** How often silent members are looked for. */
  private static final long TICK_NS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_FAREWELLS = 1_000;

  private final RoomLimits limits;
  private final RoomHost host;
  private final Identifiers identifiers;
  private final Map<String, Room> rooms = new HashMap<>();
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final Map<String, ProtocolException> farewells = new LinkedHashMap<>();
  private final RoomCounters counters = new RoomCounters();
  private final Set<Connection> greeting = new LinkedHashSet<>();
  private final SharedRooms shared = new SharedRooms(this, rooms, sessions);
  private long tickNs = Long.MAX_VALUE;

  /**
   * @param random makes secrets: a {@link java.security.SecureRandom} except in tests
   */
  public Rooms(RoomLimits limits, RoomHost host, RandomGenerator random) {
    this.limits = limits;
    this.host = host;
    identifiers = new Identifiers(random);
  }

  /** A connection that has yet to say hello. */
  public Connection open(Connection.Listener listener, long nowNs) {
    return open(listener, false, nowNs);
  }

  Connection open(Connection.Listener listener, boolean foreign, long nowNs) {
    Connection connection = new Connection(this, listener, foreign, nowNs);
    greeting.add(connection);
    if (greeting.size() > limits.sessions()) {
      refuse(connection, ErrorCode.SERVER_FULL, "too many connections have not said hello");
    }
    expectTick(nowNs);
    return connection;
  }

  /** A connection that only pushes: what follows message {@code lastId} of a session. */
  public Connection open(String session, long lastId, Connection.Listener listener, long nowNs)
      throws ProtocolException {
    return shared.open(session, lastId, listener, nowNs);
  }

  Connection openHere(String session, long lastId, Connection.Listener listener, long nowNs)
      throws ProtocolException {
    Session of = session(session);
    of.resumeAfter(lastId, nowNs);
    Connection connection = new Connection(this, listener, false, nowNs);
    connection.carry(of, lastId, nowNs);
    onContact(of, nowNs);
    return connection;
  }

  /** What these rooms have to do with other servers. */
  public SharedRooms shared() {
    return shared;
  }

  boolean hasSession(String session) {
    return sessions.containsKey(session) || farewells.containsKey(session);
  }

  /**
   * Joins or resumes without a connection.
   *
   * @return what a connection would say first
   */
  public List<String> hello(JsonNode message, long nowNs) throws ProtocolException {
    Hello hello = readHello(message);
    Session known = known(hello, nowNs);
    if (known != null && hello.lastId() != null) {
      onContact(known, nowNs);
      return List.of(MessageFormat.write(new ServerMessage.Resumed(known.receivedId())));
    }
    return (known == null ? join(hello, nowNs) : known).allAfter(0);
  }

  /**
   * Takes messages of a client without a connection.
   *
   * @return the number of the last one that is here
   */
  public long receive(String session, Iterable<JsonNode> messages, long nowNs)
      throws ProtocolException {
    Session from = session(session);
    onContact(from, nowNs);
    for (JsonNode message : messages) {
      if (sessions.containsKey(session)) {
        receive(from, message, null, nowNs);
      }
    }
    return from.receivedId();
  }

  /** What follows message {@code lastId}, which is acknowledged. */
  public List<String> read(String session, long lastId, long nowNs) throws ProtocolException {
    Session of = session(session);
    of.resumeAfter(lastId, nowNs);
    onContact(of, nowNs);
    return of.allAfter(lastId);
  }

  /** Ends a session at its member's wish. */
  public void leave(String session) throws ProtocolException {
    Session of = session(session);
    end(of, LeaveReason.LEFT, null, "");
    settle(of.room);
  }

  /** Tells everybody that the server ends. */
  public void shutDown() {
    String reason = "the server is shutting down";
    sessions.values().forEach(it -> it.end(ErrorCode.SHUTTING_DOWN, reason));
    List.copyOf(greeting).forEach(it -> refuse(it, ErrorCode.SHUTTING_DOWN, reason));
    shared.endRelayed();
    rooms.keySet().forEach(shared::onRoomEnd);
    sessions.clear();
    rooms.clear();
  }

  public int roomCount() {
    return rooms.size();
  }

  public int sessionCount() {
    return sessions.size();
  }

  public RoomCounters counters() {
    return counters;
  }

  /** When {@link #onDeadline} is due; Long.MAX_VALUE for never. */
  public long nextDeadlineNs() {
    return tickNs;
  }

  /** Looks for those who are silent for too long. */
  public void onDeadline(long nowNs) {
    if (nowNs < tickNs) {
      return;
    }
    for (Connection each : List.copyOf(greeting)) {
      if (each.isMute(HELLO_LIMIT_NS, nowNs)) {
        refuse(each, ErrorCode.TIMEOUT, "nobody said hello");
      }
    }
    List.copyOf(sessions.values()).forEach(each -> lookAfter(each, nowNs));
    tickNs = Long.MAX_VALUE;
    expectTick(nowNs);
  }

  private void lookAfter(Session session, long nowNs) {
    long silenceNs = session.silenceNs(nowNs);
    if (silenceNs >= TimeUnit.MILLISECONDS.toNanos(limits.session().resumeMs())) {
      end(session, LeaveReason.TIMEOUT, null, "");
    } else if (silenceNs >= UNNOTICED_NS) {
      session.room.setPresence(session, false, session.member().status());
    }
    settle(session.room);
  }

  private void expectTick(long nowNs) {
    if (tickNs == Long.MAX_VALUE && !(sessions.isEmpty() && greeting.isEmpty())) {
      tickNs = nowNs + TICK_NS;
    }
  }

  void receive(Connection connection, String text, long nowNs) throws ProtocolException {
    JsonNode message = MessageFormat.parse(text);
    Session from = connection.session();
    if (from == null) {
      shared.greet(connection, readHello(message), text, nowNs);
    } else {
      receive(from, message, connection, nowNs);
    }
  }

  private void receive(Session from, JsonNode message, @Nullable Connection connection, long nowNs)
      throws ProtocolException {
    try {
      new Reception(this, host, from).receive(message, connection, nowNs);
    } finally {
      settle(from.room);
    }
  }

  void greet(Connection connection, Hello hello, long nowNs) throws ProtocolException {
    Long lastId = hello.lastId();
    Session session = known(hello, nowNs);
    if (session == null) {
      session = join(hello, nowNs);
    } else if (lastId != null) {
      connection.resume(session);
    }
    greeting.remove(connection);
    connection.carry(session, lastId == null ? 0 : lastId, nowNs);
    onContact(session, nowNs);
  }

  private static Hello readHello(JsonNode message) throws ProtocolException {
    JsonNode version = message.path("version");
    // Before anything else: hello may look different in another version.
    if (version.isInt() && version.intValue() != MessageFormat.VERSION) {
      throw new ProtocolException(
          ErrorCode.UNSUPPORTED_VERSION, "this server speaks version " + MessageFormat.VERSION);
    }
    if (!(MessageFormat.clientMessage(message) instanceof Hello hello)) {
      throw new ProtocolException(ErrorCode.MALFORMED, "the first message is hello");
    }
    return hello;
  }

  /** The session that {@code hello} names; null when it is a new one. */
  private @Nullable Session known(Hello hello, long nowNs) throws ProtocolException {
    Session session = hello.session() == null ? null : sessions.get(hello.session());
    Long lastId = hello.lastId();
    if (session == null && lastId == null) {
      return null;
    }
    if (session == null || !session.room.name.equals(hello.room())) {
      throw unknownSession(hello.session());
    }
    session.resumeAfter(lastId == null ? 0 : lastId, nowNs);
    counters.onResumed();
    return session;
  }

  private Session join(Hello hello, long nowNs) throws ProtocolException {
    Admission admission = admission(hello);
    Room room = roomFor(hello.room());
    String token = hello.session() == null ? identifiers.session() : hello.session();
    MemberRole wish = hello.role() == null ? MemberRole.MEMBER : hello.role();
    String id = identifiers.member();
    while (room.session(id) != null) {
      id = identifiers.member();
    }
    MemberRole role = admission.roleFor(wish, room.isEmpty());
    Member member = new Member(id, hello.name(), role, true, "");
    Session session =
        new Session(token, room, member, admission.mayLead(), limits.session(), nowNs);
    session.send(
        new ServerMessage.Welcome(
            MessageFormat.VERSION,
            token,
            room.name,
            id,
            member.role(),
            room.members(),
            room.history(),
            host.iceServers(id),
            limits.session()));
    rooms.put(room.name, room);
    sessions.put(token, session);
    counters.onJoined();
    shared.onSession(token);
    room.add(session);
    settle(room);
    expectTick(nowNs);
    return session;
  }

  /** Who may not enter hears it at once. */
  Admission admission(Hello hello) throws ProtocolException {
    Admission admission = host.admit(hello.room(), hello.token());
    if (admission == null) {
      throw new ProtocolException(ErrorCode.UNAUTHORIZED, "this room asks for a token");
    }
    return admission;
  }

  private Room roomFor(String name) throws ProtocolException {
    Room room = rooms.get(name);
    if (sessions.size() >= limits.sessions() || (room == null && rooms.size() >= limits.rooms())) {
      throw new ProtocolException(ErrorCode.SERVER_FULL, "this server takes no more members");
    }
    if (room != null && room.size() >= limits.session().membersPerRoom()) {
      throw new ProtocolException(ErrorCode.ROOM_FULL, "no more members fit into this room");
    }
    return room == null ? new Room(name, limits.historyLines(), counters) : room;
  }

  private Session session(String token) throws ProtocolException {
    Session session = sessions.get(token);
    if (session == null) {
      throw unknownSession(token);
    }
    return session;
  }

  /** Who asks for its messages hears only now that it was sent away. */
  private ProtocolException unknownSession(@Nullable String token) {
    ProtocolException farewell = farewells.get(token);
    return farewell == null
        ? new ProtocolException(
            ErrorCode.UNKNOWN_SESSION, "no session of that name is here: join again")
        : farewell;
  }

  private void onContact(Session of, long nowNs) {
    of.onContact(nowNs);
    of.room.setPresence(of, true, of.member().status());
    settle(of.room);
  }

  /** Ends a session; the others hear. */
  void end(Session session, LeaveReason reason, @Nullable ErrorCode why, String words) {
    if (sessions.remove(session.token) == null) {
      return;
    }
    counters.onLeft(reason);
    session.room.remove(session, reason);
    session.end(why, words);
    if (why != null) {
      farewells.put(session.token, new ProtocolException(why, words));
      if (farewells.size() > MOST_FAREWELLS) {
        farewells.remove(farewells.keySet().iterator().next());
      }
    }
    shared.onSessionEnd(session.token);
    if (session.room.isEmpty()) {
      rooms.remove(session.room.name);
      shared.onRoomEnd(session.room.name);
    }
  }

  /** Telling the others that a slow member is gone may be too much for the next one. */
  private void settle(Room room) {
    for (Session slow = room.nextTooSlow(); slow != null; slow = room.nextTooSlow()) {
      end(slow, LeaveReason.TOO_SLOW, ErrorCode.TOO_SLOW, "too much was waiting for you");
    }
  }

  /** The connection is gone; its session waits. */
  void forget(Connection connection, long nowNs) {
    greeting.remove(connection);
    shared.forget(connection);
    Session of = connection.session();
    if (of != null) {
      of.detach(connection, nowNs);
    }
  }

  void refuse(Connection connection, ErrorCode why, String reason) {
    greeting.remove(connection);
    connection.end(why, reason);
  }

  /** Somebody else waits for what it says. */
  void stopGreeting(Connection connection) {
    greeting.remove(connection);
  }
}
