package org.purertc.samples.signaling.rooms;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.IceServer;

/** What rooms ask of the server that has them. */
public interface RoomHost {

  /** Whether who shows {@code token} may enter {@code room}. */
  boolean admits(String room, @Nullable String token);

  /** The ICE servers for a member, with credentials that begin to be valid now. */
  List<IceServer> iceServers(String member);

  long unixTimeMs();
}
