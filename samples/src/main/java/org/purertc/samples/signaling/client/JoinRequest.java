package org.purertc.samples.signaling.client;

import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.ClientMessage.Hello;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.protocol.MessageFormat;

/**
 * Who wants to enter which room.
 *
 * @param token what the server asks for, if it asks
 */
public record JoinRequest(String room, String name, MemberRole role, @Nullable String token) {

  /** A member without a token. */
  public static JoinRequest of(String room, String name) {
    return new JoinRequest(room, name, MemberRole.MEMBER, null);
  }

  public JoinRequest withRole(MemberRole other) {
    return new JoinRequest(room, name, other, token);
  }

  public JoinRequest withToken(@Nullable String other) {
    return new JoinRequest(room, name, role, other);
  }

  /** A session of which nothing has arrived is joined, not resumed. */
  Hello hello(String session, long lastId) {
    return new Hello(
        MessageFormat.VERSION, room, name, session, lastId == 0 ? null : lastId, role, token);
  }
}
