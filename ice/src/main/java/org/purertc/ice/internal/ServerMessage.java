package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.AlternateServerAttribute;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.DataAttribute;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.LifetimeAttribute;
import org.ice4j.attribute.NonceAttribute;
import org.ice4j.attribute.OptionalAttribute;
import org.ice4j.attribute.RealmAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.attribute.XorPeerAddressAttribute;
import org.ice4j.attribute.XorRelayedAddressAttribute;
import org.jspecify.annotations.Nullable;

/** A decoded message of a STUN or TURN server: only what a client reads. */
public final class ServerMessage {

  /** RFC 8489 section 14: types below it must be understood. */
  private static final int COMPREHENSION_OPTIONAL = 0x8000;

  /** RFC 8489 section 14.11. */
  static final int PASSWORD_ALGORITHMS = 0x8002;

  private final ServerRequest.Method method;
  private final StunMessage.Kind kind;
  private final StunFrame frame;
  private @Nullable InetSocketAddress mapped;
  private @Nullable InetSocketAddress relayed;
  private @Nullable InetSocketAddress peer;
  private @Nullable InetSocketAddress alternate;
  private byte @Nullable [] data;
  private byte @Nullable [] realm;
  private byte @Nullable [] nonce;
  private byte @Nullable [] passwordAlgorithms;
  private int lifetimeSeconds = -1;
  private int errorCode;
  private String reason = "";
  private boolean hasUnknownRequired;

  ServerMessage(ServerRequest.Method method, StunMessage.Kind kind, StunFrame frame) {
    this.method = method;
    this.kind = kind;
    this.frame = frame;
  }

  void read(Attribute attribute, byte[] transactionId) {
    if (attribute instanceof XorRelayedAddressAttribute address) {
      relayed = resolved(address.getAddress(transactionId));
    } else if (attribute instanceof XorPeerAddressAttribute address) {
      peer = resolved(address.getAddress(transactionId));
    } else if (attribute instanceof XorMappedAddressAttribute address) {
      mapped = resolved(address.getAddress(transactionId));
    } else if (attribute instanceof AlternateServerAttribute address) {
      alternate = resolved(address.getAddress());
    } else if (attribute instanceof DataAttribute value) {
      data = value.getData();
    } else if (attribute instanceof RealmAttribute value) {
      realm = value.getRealm();
    } else if (attribute instanceof NonceAttribute value) {
      nonce = value.getNonce();
    } else if (attribute instanceof LifetimeAttribute value) {
      lifetimeSeconds = value.getLifetime();
    } else if (attribute instanceof ErrorCodeAttribute value) {
      errorCode = value.getErrorCode();
      String phrase = value.getReasonPhrase();
      reason = phrase == null ? "" : phrase.trim();
    } else if (attribute instanceof OptionalAttribute value) {
      readOptional(value);
    }
  }

  private void readOptional(OptionalAttribute attribute) {
    if (attribute.getAttributeType() == PASSWORD_ALGORITHMS) {
      passwordAlgorithms = attribute.getBody();
    } else {
      hasUnknownRequired |= attribute.getAttributeType() < COMPREHENSION_OPTIONAL;
    }
  }

  private static InetSocketAddress resolved(TransportAddress address) {
    return new InetSocketAddress(address.getAddress(), address.getPort());
  }

  public ServerRequest.Method method() {
    return method;
  }

  public StunMessage.Kind kind() {
    return kind;
  }

  public TransactionId id() {
    return frame.id();
  }

  StunFrame frame() {
    return frame;
  }

  /** Whether one of the integrity attributes is there, right or wrong. */
  public boolean hasIntegrity() {
    return frame.integrityOffset() >= 0 || frame.integritySha256Offset() >= 0;
  }

  /** RFC 8489 section 6.3.3: such a response cannot be acted on. */
  public boolean hasUnknownRequired() {
    return hasUnknownRequired;
  }

  public @Nullable InetSocketAddress mapped() {
    return mapped;
  }

  public @Nullable InetSocketAddress relayed() {
    return relayed;
  }

  public @Nullable InetSocketAddress peer() {
    return peer;
  }

  /** ALTERNATE-SERVER of a 300. */
  public @Nullable InetSocketAddress alternate() {
    return alternate;
  }

  public byte @Nullable [] data() {
    return data;
  }

  byte @Nullable [] realm() {
    return realm;
  }

  byte @Nullable [] nonce() {
    return nonce;
  }

  byte @Nullable [] passwordAlgorithms() {
    return passwordAlgorithms;
  }

  /** LIFETIME, or -1. */
  public int lifetimeSeconds() {
    return lifetimeSeconds;
  }

  /** Of an error response, else 0. */
  public int errorCode() {
    return errorCode;
  }

  /** The server's words to the error code. */
  public String reason() {
    return reason;
  }

  @Override
  public String toString() {
    String error = errorCode == 0 ? "" : " " + errorCode + " " + reason;
    return method + " " + kind + error + (realm == null ? "" : " of " + new String(realm, UTF_8));
  }
}
