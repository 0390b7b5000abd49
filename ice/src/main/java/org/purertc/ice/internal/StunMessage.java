package org.purertc.ice.internal;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A decoded Binding message: only what ICE reads. Attributes behind MESSAGE-INTEGRITY are left out,
 * because nothing vouches for them (RFC 8489 section 14.5).
 *
 * @param priority the PRIORITY attribute, or -1
 * @param nominationValue of libwebrtc's NOMINATION attribute, 0 without it
 * @param tieBreaker of ICE-CONTROLLING or ICE-CONTROLLED, see {@code control}
 * @param errorCode of an error response, else 0
 * @param unknownRequired comprehension-required attributes that nobody knows
 */
public record StunMessage(
    Kind kind,
    TransactionId id,
    StunFrame frame,
    @Nullable String username,
    long priority,
    boolean useCandidate,
    long nominationValue,
    Control control,
    long tieBreaker,
    @Nullable InetSocketAddress mappedAddress,
    int errorCode,
    char[] unknownRequired) {

  /** The whole message. */
  public byte[] bytes() {
    return frame.bytes();
  }

  /** Where MESSAGE-INTEGRITY begins, or -1. */
  public int integrityOffset() {
    return frame.integrityOffset();
  }

  /** The class of a STUN message, RFC 8489 section 5. */
  public enum Kind {
    REQUEST,
    INDICATION,
    SUCCESS,
    ERROR
  }

  /** The role that the sender claims, RFC 8445 section 7.1.3. */
  public enum Control {
    NONE,
    CONTROLLING,
    CONTROLLED
  }
}
