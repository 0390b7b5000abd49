package org.purertc.ice;

import java.net.InetSocketAddress;
import java.security.Key;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;

/** Answers the checks of the remote side: the STUN server of an agent, RFC 8445 section 7.3. */
final class CheckResponder {

  private static final char[] NONE = {};

  private final IceConfig config;
  private final IceSession session;

  CheckResponder(IceConfig config, IceSession session) {
    this.config = config;
    this.session = session;
  }

  /**
   * Answers a request.
   *
   * @param asked the generation whose ufrag the request names; null when there is none
   * @return whether the check is authentic and was answered with success
   */
  boolean answer(
      StunMessage request,
      @Nullable ShortTermCredentials asked,
      PathId path,
      InetSocketAddress from) {
    // RFC 8489 section 9.1.3: without these two attributes it is a bad request.
    if (request.username() == null || request.integrityOffset() < 0) {
      return refuse(request, StunError.BAD_REQUEST, null, path, from);
    }
    if (asked == null || !session.codec.isAuthentic(request, asked.localKey)) {
      return refuse(request, StunError.UNAUTHENTICATED, null, path, from);
    }
    if (request.unknownRequired().length > 0) {
      return refuse(request, StunError.UNKNOWN_ATTRIBUTE, asked.localKey, path, from);
    }
    if (request.priority() < 0) {
      return refuse(request, StunError.BAD_REQUEST, asked.localKey, path, from);
    }
    if (!repairsRoleConflict(request)) {
      return refuse(request, StunError.ROLE_CONFLICT, asked.localKey, path, from);
    }
    byte[] response = session.codec.encodeSuccess(request.id(), from, asked.localKey);
    send(response, request, path, from);
    return true;
  }

  /** RFC 8445 section 7.3.1.1: the larger tie-breaker becomes controlling. */
  private boolean repairsRoleConflict(StunMessage request) {
    if (config.lite()) {
      // It can only be controlled: who believes to be so, too, is told whatever the tie-breakers.
      return request.control() != StunMessage.Control.CONTROLLED;
    }
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
    send(response, request, path, from);
    return false;
  }

  /** A forged source address must not gain anything: what is shorter than its answer gets none. */
  private void send(byte[] response, StunMessage request, PathId path, InetSocketAddress from) {
    if (response.length <= request.bytes().length) {
      session.outbox.add(response, path, from);
    }
  }
}
