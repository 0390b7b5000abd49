package org.purertc.samples.signaling.rooms;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.IceServer;

/** What rooms ask of the server that has them. */
public interface RoomHost {

  /** How who shows {@code token} may enter {@code room}; null when not at all. */
  @Nullable Admission admit(String room, @Nullable String token);

  /** The ICE servers for a member, with credentials that begin to be valid now. */
  List<IceServer> iceServers(String member);

  long unixTimeMs();
}
