package org.purertc.samples.signaling.rooms;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;

/**
 * The leave to enter a room.
 *
 * @param role what the member is there, whoever came first; null when the room decides
 */
public record Admission(@Nullable MemberRole role) {

  /** The first one in a room is its host, as without tokens. */
  public static final Admission OPEN = new Admission(null);

  /** Nobody becomes host by himself whose token says that he is something else. */
  boolean mayLead() {
    return role == null || role == MemberRole.HOST;
  }

  /** What a member is who wishes to be {@code wish}; it may wish to be less than it may be. */
  MemberRole roleFor(MemberRole wish, boolean first) {
    MemberRole most = role;
    if (most == null) {
      return first ? MemberRole.HOST : wish;
    }
    return wish == MemberRole.LISTENER ? MemberRole.LISTENER : most;
  }
}
