package org.purertc.samples.signaling.rooms;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage.Hello;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.protocol.ProtocolException;
import org.purertc.samples.signaling.rooms.Elsewhere.Place;

/**
 * What a server's {@link Rooms} have to do with other servers: which rooms are here, who hands
 * connections on to them, and which connections here are handed on. A server alone has all rooms.
 */
public final class SharedRooms {
  private final Rooms here;
  private final Map<String, Room> rooms;
  private final Map<String, Session> sessions;
  private final Set<Connection> handedOn = new LinkedHashSet<>();
  private @Nullable Elsewhere others;

  SharedRooms(Rooms here, Map<String, Room> rooms, Map<String, Session> sessions) {
    this.here = here;
    this.rooms = rooms;
    this.sessions = sessions;
  }

  /** This server shares its rooms with others from now on. */
  public void meet(Elsewhere servers) {
    others = servers;
  }

  public boolean hasSession(String session) {
    return here.hasSession(session);
  }

  public boolean hasRoom(String room) {
    return rooms.containsKey(room);
  }

  public List<String> roomNames() {
    return List.copyOf(rooms.keySet());
  }

  public List<String> sessionNames() {
    return List.copyOf(sessions.keySet());
  }

  /** A connection to another server, which has handed it on; it has yet to say hello. */
  public Connection openHere(Connection.Listener listener, long nowNs) {
    return here.open(listener, true, nowNs);
  }

  /** As {@link Rooms#open(String, long, Connection.Listener, long)}, of sessions here only. */
  public Connection openHere(String session, long lastId, Connection.Listener listener, long nowNs)
      throws ProtocolException {
    return here.openHere(session, lastId, listener, nowNs);
  }

  /** Another server has the room: its members here join again, there. */
  public void giveUp(String room) {
    for (Session each : List.copyOf(sessions.values())) {
      if (each.room.name.equals(room)) {
        sessions.remove(each.token);
        each.end(ErrorCode.UNKNOWN_SESSION, "the room is on another server: join again");
      }
    }
    rooms.remove(room);
  }

  /** Gives a room back into which nobody came. */
  public void releaseUnused(String room) {
    if (!hasRoom(room)) {
      onRoomEnd(room);
    }
  }

  /** How many connections here are in rooms of other servers. */
  public int relayedCount() {
    return handedOn.size();
  }

  void onSession(String session) {
    if (others != null) {
      others.onSession(session);
    }
  }

  void onSessionEnd(String session) {
    if (others != null) {
      others.onSessionEnd(session);
    }
  }

  void onRoomEnd(String room) {
    if (others != null) {
      others.onRoomEnd(room);
    }
  }

  /** No connection here goes on elsewhere. */
  void endRelayed() {
    List.copyOf(handedOn).forEach(Connection::onRelayLost);
  }

  void forget(Connection connection) {
    handedOn.remove(connection);
  }

  /** A connection that has said hello is greeted where its room is. */
  void greet(Connection connection, Hello hello, String text, long nowNs) throws ProtocolException {
    Elsewhere servers = others;
    if (servers == null || hasRoom(hello.room())) {
      here.greet(connection, hello, nowNs);
      return;
    }
    if (hello.lastId() == null) {
      here.admission(hello); // strangers make no server own a room
    }
    connection.awaitPlace();
    servers.findRoom(
        hello.room(),
        (place, laterNs) -> {
          if (place.kind() == Place.Kind.HERE) {
            greetInNewRoom(connection, hello, laterNs);
          } else if (connection.isEnded()) {
            return;
          } else if (place.kind() == Place.Kind.THERE && !connection.foreign) {
            handOn(connection, servers.open(place.server(), text, connection, laterNs), laterNs);
          } else {
            refuseUnknownPlace(connection);
          }
        });
  }

  /** In a room that was nobody's. */
  private void greetInNewRoom(Connection connection, Hello hello, long nowNs) {
    try {
      if (!connection.isEnded()) {
        here.greet(connection, hello, nowNs);
        connection.stay(nowNs);
      }
    } catch (ProtocolException e) {
      here.refuse(connection, e.code(), e.reason());
    }
    releaseUnused(hello.room());
  }

  /** As {@link Rooms#open(String, long, Connection.Listener, long)}. */
  Connection open(String session, long lastId, Connection.Listener listener, long nowNs)
      throws ProtocolException {
    Elsewhere servers = others;
    if (servers == null || hasSession(session)) {
      return here.openHere(session, lastId, listener, nowNs);
    }
    Connection connection = here.open(listener, nowNs);
    connection.awaitPlace();
    servers.findSession(
        session,
        (place, laterNs) -> {
          if (connection.isEnded()) {
            return;
          }
          switch (place.kind()) {
            case THERE ->
                handOn(
                    connection,
                    servers.attach(place.server(), session, lastId, connection, laterNs),
                    laterNs);
            case UNKNOWN -> refuseUnknownPlace(connection);
            case HERE, NOWHERE ->
                here.refuse(
                    connection,
                    ErrorCode.UNKNOWN_SESSION,
                    "no session of that name is here: join again");
          }
        });
    return connection;
  }

  private void handOn(Connection connection, Relay to, long nowNs) {
    here.stopGreeting(connection);
    handedOn.add(connection);
    connection.relay(to, nowNs);
  }

  private void refuseUnknownPlace(Connection connection) {
    here.refuse(connection, ErrorCode.SERVER_FULL, "the other servers cannot be asked now");
  }
}
