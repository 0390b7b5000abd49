package org.purertc.samples.signaling.rooms;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.purertc.samples.signaling.protocol.ClientMessage.Hello;
import org.purertc.samples.signaling.protocol.ErrorCode;
import org.purertc.samples.signaling.rooms.Elsewhere.Place;

/** Connections here to rooms that other servers have. */
final class HandingOn {
  final Elsewhere others;
  private final Rooms rooms;
  private final Set<Connection> handedOn = new LinkedHashSet<>();

  HandingOn(Rooms rooms, Elsewhere others) {
    this.rooms = rooms;
    this.others = others;
  }

  int count() {
    return handedOn.size();
  }

  void forget(Connection connection) {
    handedOn.remove(connection);
  }

  void endAll() {
    List.copyOf(handedOn).forEach(Connection::onRelayLost);
  }

  /** A connection that has said hello to a room that is not here. */
  void greet(Connection connection, Hello hello, String text) {
    connection.awaitPlace();
    others.findRoom(
        hello.room(),
        (place, nowNs) -> {
          if (place.kind() == Place.Kind.HERE) {
            rooms.greetHere(connection, hello, nowNs);
          } else if (connection.isEnded()) {
            return;
          } else if (place.kind() == Place.Kind.THERE && !connection.foreign) {
            handOn(connection, others.open(place.server(), text, connection, nowNs), nowNs);
          } else {
            refuseUnknownPlace(connection);
          }
        });
  }

  /** A connection that hears what follows message {@code lastId} of a session that is not here. */
  void attach(Connection connection, String session, long lastId) {
    connection.awaitPlace();
    others.findSession(
        session,
        (place, nowNs) -> {
          if (connection.isEnded()) {
            return;
          }
          switch (place.kind()) {
            case THERE ->
                handOn(
                    connection,
                    others.attach(place.server(), session, lastId, connection, nowNs),
                    nowNs);
            case UNKNOWN -> refuseUnknownPlace(connection);
            case HERE, NOWHERE ->
                rooms.refuse(
                    connection,
                    ErrorCode.UNKNOWN_SESSION,
                    "no session of that name is here: join again");
          }
        });
  }

  private void handOn(Connection connection, Relay to, long nowNs) {
    rooms.stopGreeting(connection);
    handedOn.add(connection);
    connection.relay(to, nowNs);
  }

  private void refuseUnknownPlace(Connection connection) {
    rooms.refuse(connection, ErrorCode.SERVER_FULL, "the other servers cannot be asked now");
  }
}
