package org.purertc.samples.signaling.rooms;

/** The rooms of other servers. All of it happens on the thread that enters {@link Rooms}. */
public interface Elsewhere {

  /** Who has a room or a session. */
  record Place(Kind kind, String server) {
    /** Where it is. */
    public enum Kind {
      /** This server has it; a room that nobody had is this server's from now on. */
      HERE,
      THERE,
      NOWHERE,
      /** Nobody can tell now. */
      UNKNOWN
    }

    /** A place that is not another server. */
    public static Place of(Kind kind) {
      return new Place(kind, "");
    }
  }

  /** Hears where something is, at once or later. */
  interface Finder {
    void onPlace(Place place, long nowNs);
  }

  void findRoom(String room, Finder finder);

  void findSession(String session, Finder finder);

  /** Hands a connection on that has said {@code hello}. */
  Relay open(String server, String hello, Connection connection, long nowNs);

  /** Hands a connection on that only hears what follows message {@code lastId}. */
  Relay attach(String server, String session, long lastId, Connection connection, long nowNs);

  /** This server has a session from now on. */
  void onSession(String session);

  void onSessionEnd(String session);

  /** Nobody is in a room any more, or nobody came; anybody may have it. */
  void onRoomEnd(String room);
}
