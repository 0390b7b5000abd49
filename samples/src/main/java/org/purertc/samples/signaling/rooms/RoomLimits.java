package org.purertc.samples.signaling.rooms;

import org.purertc.samples.signaling.protocol.SessionLimits;

/** How much a server takes in. */
public record RoomLimits(int rooms, int sessions, int historyLines, SessionLimits session) {
  public static final RoomLimits DEFAULT = new RoomLimits(1_000, 4_000, 100, SessionLimits.DEFAULT);

  public RoomLimits withRooms(int count) {
    return new RoomLimits(count, sessions, historyLines, session);
  }

  public RoomLimits withSessions(int count) {
    return new RoomLimits(rooms, count, historyLines, session);
  }

  public RoomLimits withSession(SessionLimits limits) {
    return new RoomLimits(rooms, sessions, historyLines, limits);
  }
}
