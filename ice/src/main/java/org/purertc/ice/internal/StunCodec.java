package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.security.Key;
import javax.crypto.spec.SecretKeySpec;
import org.ice4j.StunException;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.UnknownAttributesAttribute;
import org.ice4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and decodes the Binding messages of ICE.
 *
 * <p>ice4j reads messages and writes attributes; framing, MESSAGE-INTEGRITY and FINGERPRINT are
 * ours: ice4j's own encoder reads a configuration that loads Kotlin, and its decoder neither bounds
 * attributes nor checks MESSAGE-INTEGRITY. Not thread-safe.
 */
public final class StunCodec {

  /** Our checks have about 100 bytes; nobody needs more than one unfragmented datagram. */
  private static final int MAX_MESSAGE_BYTES = 1500;

  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_INDICATION = 0x0011;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;

  private final StunIntegrity integrity = new StunIntegrity();

  /**
   * The key of the short-term credential mechanism, RFC 8489 section 9.1.1: the password itself
   * (ICE passwords are ASCII, so there is nothing to prepare).
   */
  public static Key key(String password) {
    return new SecretKeySpec(password.getBytes(UTF_8), StunIntegrity.HMAC_SHA1);
  }

  /** Encodes a connectivity check. */
  public byte[] encode(BindingRequest request, Key key) {
    StunWriter out = new StunWriter(BINDING_REQUEST, request.id());
    out.attribute(AttributeFactory.createUsernameAttribute(request.username()).encode());
    out.attribute(AttributeFactory.createPriorityAttribute(request.priority()).encode());
    out.attribute(
        request.controlling()
            ? AttributeFactory.createIceControllingAttribute(request.tieBreaker()).encode()
            : AttributeFactory.createIceControlledAttribute(request.tieBreaker()).encode());
    if (request.useCandidate()) {
      out.attribute(AttributeFactory.createUseCandidateAttribute().encode());
    }
    if (request.nominationValue() > 0) {
      byte[] value = new byte[Integer.BYTES];
      StunWriter.putInt(value, 0, (int) request.nominationValue());
      out.attribute(StunMessageReader.NOMINATION, value);
    }
    return integrity.finish(out, key);
  }

  /** Encodes the success response to a check that came from {@code mapped}. */
  public byte[] encodeSuccess(TransactionId id, InetSocketAddress mapped, Key key) {
    StunWriter out = new StunWriter(BINDING_SUCCESS, id);
    TransportAddress address =
        new TransportAddress(mapped.getAddress(), mapped.getPort(), Transport.UDP);
    out.attribute(AttributeFactory.createXorMappedAddressAttribute(address, id.toBytes()).encode());
    return integrity.finish(out, key);
  }

  /**
   * Encodes an error response.
   *
   * @param unknown the attributes of a 420, else empty
   * @param key null when the request was not authenticated, so that the response cannot be either
   */
  public byte[] encodeError(TransactionId id, StunError error, char[] unknown, @Nullable Key key) {
    StunWriter out = new StunWriter(BINDING_ERROR, id);
    out.attribute(
        AttributeFactory.createErrorCodeAttribute((char) error.code(), error.reason()).encode());
    if (unknown.length > 0) {
      UnknownAttributesAttribute attribute = AttributeFactory.createUnknownAttributesAttribute();
      for (char type : unknown) {
        attribute.addAttributeID(type);
      }
      out.attribute(attribute.encode());
    }
    return integrity.finish(out, key);
  }

  /**
   * Decodes a Binding message.
   *
   * @return null when it is malformed, of another method, or its FINGERPRINT is wrong
   */
  public @Nullable StunMessage decode(byte[] buffer, int offset, int length) {
    StunFrame frame =
        length > MAX_MESSAGE_BYTES ? null : StunFrame.parse(buffer, offset, length, integrity);
    StunMessage.Kind kind = frame == null ? null : kind(frame.type());
    return frame == null || kind == null ? null : attributes(kind, frame);
  }

  private static StunMessage.@Nullable Kind kind(int type) {
    return switch (type) {
      case BINDING_REQUEST -> StunMessage.Kind.REQUEST;
      case BINDING_INDICATION -> StunMessage.Kind.INDICATION;
      case BINDING_SUCCESS -> StunMessage.Kind.SUCCESS;
      case BINDING_ERROR -> StunMessage.Kind.ERROR;
      default -> null;
    };
  }

  private static @Nullable StunMessage attributes(StunMessage.Kind kind, StunFrame frame) {
    byte[] bytes = frame.bytes();
    try {
      Message message = Message.decode(bytes, 0, bytes.length);
      StunMessageReader reader = new StunMessageReader();
      for (Attribute attribute : message.getAttributes()) {
        if (frame.vouchesFor(attribute)) {
          reader.read(attribute, message.getTransactionID());
        }
      }
      return reader.message(kind, frame);
    } catch (StunException | RuntimeException e) {
      return null; // ice4j's decoder throws unchecked exceptions at malformed attributes
    }
  }

  /** Whether MESSAGE-INTEGRITY is there and was made with this key. */
  public boolean isAuthentic(StunMessage message, Key key) {
    return integrity.isAuthentic(message.frame(), key);
  }
}
