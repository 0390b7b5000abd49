package org.purertc.ice;

import java.net.InetSocketAddress;
import java.security.Key;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;

/** Answers the checks of the remote side: the STUN server of an agent, RFC 8445 section 7.3. */
final class CheckResponder {

  private static final char[] NONE = {};

  private final IceSession session;

  CheckResponder(IceSession session) {
    this.session = session;
  }

  /**
   * Answers a request.
   *
   * @return whether the check is authentic and was answered with success
   */
  boolean answer(StunMessage request, PathId path, InetSocketAddress from) {
    String username = request.username();
    // RFC 8489 section 9.1.3: without these two attributes it is a bad request.
    if (username == null || request.integrityOffset() < 0) {
      return refuse(request, StunError.BAD_REQUEST, null, path, from);
    }
    // RFC 8445 section 7.3: the user name begins with our ufrag and a colon; the rest may be
    // unknown yet.
    if (!isForUs(username) || !session.codec.isAuthentic(request, session.localKey)) {
      return refuse(request, StunError.UNAUTHENTICATED, null, path, from);
    }
    if (request.unknownRequired().length > 0) {
      return refuse(request, StunError.UNKNOWN_ATTRIBUTE, session.localKey, path, from);
    }
    if (request.priority() < 0) {
      return refuse(request, StunError.BAD_REQUEST, session.localKey, path, from);
    }
    if (!repairsRoleConflict(request)) {
      return refuse(request, StunError.ROLE_CONFLICT, session.localKey, path, from);
    }
    byte[] response = session.codec.encodeSuccess(request.id(), from, session.localKey);
    session.outbox.add(response, path, from);
    return true;
  }

  private boolean isForUs(String username) {
    String ufrag = session.local.ufrag();
    return username.startsWith(ufrag)
        && username.length() > ufrag.length()
        && username.charAt(ufrag.length()) == ':';
  }

  /** RFC 8445 section 7.3.1.1: the larger tie-breaker becomes controlling. */
  private boolean repairsRoleConflict(StunMessage request) {
    boolean larger = Long.compareUnsigned(session.tieBreaker(), request.tieBreaker()) >= 0;
    if (session.isControlling() && request.control() == StunMessage.Control.CONTROLLING) {
      if (larger) {
        return false;
      }
      session.switchRole();
    } else if (!session.isControlling() && request.control() == StunMessage.Control.CONTROLLED) {
      if (!larger) {
        return false;
      }
      session.switchRole();
    }
    return true;
  }

  private boolean refuse(
      StunMessage request,
      StunError error,
      @Nullable Key key,
      PathId path,
      InetSocketAddress from) {
    char[] unknown = error == StunError.UNKNOWN_ATTRIBUTE ? request.unknownRequired() : NONE;
    byte[] response = session.codec.encodeError(request.id(), error, unknown, key);
    // A forged source address must not gain anything: what is shorter than its answer gets none.
    if (response.length <= request.bytes().length) {
      session.outbox.add(response, path, from);
    }
    return false;
  }
}
