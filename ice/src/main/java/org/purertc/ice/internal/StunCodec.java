package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
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
 * done here with one reused {@link Mac}: ice4j's own encoder reads a configuration that loads
 * Kotlin, and its decoder neither bounds attributes nor checks MESSAGE-INTEGRITY. Not thread-safe.
 */
public final class StunCodec {

  /** RFC 8489 section 5. */
  static final int HEADER_BYTES = 20;

  private static final int MAGIC_COOKIE = 0x2112A442;

  /** Our checks have about 100 bytes; nobody needs more than one unfragmented datagram. */
  private static final int MAX_MESSAGE_BYTES = 1500;

  private static final int BINDING_REQUEST = 0x0001;
  private static final int BINDING_INDICATION = 0x0011;
  private static final int BINDING_SUCCESS = 0x0101;
  private static final int BINDING_ERROR = 0x0111;

  /** RFC 8489 section 14.5: type, length and an HMAC-SHA1 of 20 bytes. */
  private static final int INTEGRITY_BYTES = 24;

  /** RFC 8489 section 14.7. */
  private static final int FINGERPRINT_BYTES = 8;

  private static final int FINGERPRINT_XOR = 0x5354554E;

  private static final String HMAC_SHA1 = "HmacSHA1";

  private final Mac mac;
  private final CRC32 crc = new CRC32();

  public StunCodec() {
    try {
      mac = Mac.getInstance(HMAC_SHA1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + HMAC_SHA1, e);
    }
  }

  /**
   * The key of the short-term credential mechanism, RFC 8489 section 9.1.1: the password itself
   * (ICE passwords are ASCII, so there is nothing to prepare).
   */
  public static Key key(String password) {
    return new SecretKeySpec(password.getBytes(UTF_8), HMAC_SHA1);
  }

  /** Encodes a connectivity check. */
  public byte[] encode(BindingRequest request, Key key) {
    StunWriter out = new StunWriter(BINDING_REQUEST, MAGIC_COOKIE, request.id());
    out.attribute(AttributeFactory.createUsernameAttribute(request.username()).encode());
    out.attribute(AttributeFactory.createPriorityAttribute(request.priority()).encode());
    out.attribute(
        request.controlling()
            ? AttributeFactory.createIceControllingAttribute(request.tieBreaker()).encode()
            : AttributeFactory.createIceControlledAttribute(request.tieBreaker()).encode());
    if (request.useCandidate()) {
      out.attribute(AttributeFactory.createUseCandidateAttribute().encode());
    }
    return finish(out, key);
  }

  /** Encodes the success response to a check that came from {@code mapped}. */
  public byte[] encodeSuccess(TransactionId id, InetSocketAddress mapped, Key key) {
    StunWriter out = new StunWriter(BINDING_SUCCESS, MAGIC_COOKIE, id);
    TransportAddress address =
        new TransportAddress(mapped.getAddress(), mapped.getPort(), Transport.UDP);
    out.attribute(AttributeFactory.createXorMappedAddressAttribute(address, id.toBytes()).encode());
    return finish(out, key);
  }

  /**
   * Encodes an error response.
   *
   * @param unknown the attributes of a 420, else empty
   * @param key null when the request was not authenticated, so that the response cannot be either
   */
  public byte[] encodeError(TransactionId id, StunError error, char[] unknown, @Nullable Key key) {
    StunWriter out = new StunWriter(BINDING_ERROR, MAGIC_COOKIE, id);
    out.attribute(
        AttributeFactory.createErrorCodeAttribute((char) error.code(), error.reason()).encode());
    if (unknown.length > 0) {
      UnknownAttributesAttribute attribute = AttributeFactory.createUnknownAttributesAttribute();
      for (char type : unknown) {
        attribute.addAttributeID(type);
      }
      out.attribute(attribute.encode());
    }
    return finish(out, key);
  }

  private byte[] finish(StunWriter out, @Nullable Key key) {
    if (key != null) {
      int offset = out.reserve(Attribute.MESSAGE_INTEGRITY, INTEGRITY_BYTES);
      byte[] hmac = hmac(out.bytes(), offset, key);
      System.arraycopy(hmac, 0, out.bytes(), offset + 4, hmac.length);
    }
    int offset = out.reserve(Attribute.FINGERPRINT, FINGERPRINT_BYTES);
    StunWriter.putInt(out.bytes(), offset + 4, fingerprint(out.bytes(), offset));
    return Arrays.copyOf(out.bytes(), out.length());
  }

  /**
   * Decodes a Binding message.
   *
   * @return null when it is malformed, of another method, or its FINGERPRINT is wrong
   */
  public @Nullable StunMessage decode(byte[] buffer, int offset, int length) {
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      return null;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    StunMessage.Kind kind = kind(StunWriter.u16(bytes, 0));
    // RFC 8489 section 5: the cookie is fixed, and the length is a multiple of four.
    if (kind == null
        || StunWriter.getInt(bytes, 4) != MAGIC_COOKIE
        || StunWriter.u16(bytes, 2) != length - HEADER_BYTES
        || length % 4 != 0) {
      return null;
    }
    int integrityOffset = -1;
    for (int at = HEADER_BYTES; at < length; at += 4 + paddedLength(bytes, at)) {
      if (at + 4 + paddedLength(bytes, at) > length) {
        return null;
      }
      int type = StunWriter.u16(bytes, at);
      int end = at + 4 + StunWriter.u16(bytes, at + 2);
      if (type == Attribute.MESSAGE_INTEGRITY && integrityOffset < 0) {
        if (end - at != INTEGRITY_BYTES) {
          return null;
        }
        integrityOffset = at;
      }
      if (type == Attribute.FINGERPRINT && !isFingerprint(bytes, at, end)) {
        return null;
      }
    }
    return attributes(kind, bytes, integrityOffset);
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

  private static int paddedLength(byte[] bytes, int attribute) {
    return StunWriter.u16(bytes, attribute + 2) + 3 & ~3;
  }

  private boolean isFingerprint(byte[] bytes, int at, int end) {
    // RFC 8489 section 14.7: FINGERPRINT is the last attribute.
    return end == bytes.length
        && end - at == FINGERPRINT_BYTES
        && StunWriter.getInt(bytes, at + 4) == fingerprint(bytes, at);
  }

  private static @Nullable StunMessage attributes(
      StunMessage.Kind kind, byte[] bytes, int integrityOffset) {
    try {
      Message message = Message.decode(bytes, 0, bytes.length);
      StunMessageReader reader = new StunMessageReader();
      for (Attribute attribute : message.getAttributes()) {
        if (integrityOffset < 0 || attribute.getLocationInMessage() < integrityOffset) {
          reader.read(attribute, message.getTransactionID());
        }
      }
      return reader.message(kind, TransactionId.read(bytes, 8), bytes, integrityOffset);
    } catch (StunException | RuntimeException e) {
      return null; // ice4j's decoder throws unchecked exceptions at malformed attributes
    }
  }

  /** Whether MESSAGE-INTEGRITY is there and was made with this key. */
  public boolean isAuthentic(StunMessage message, Key key) {
    int at = message.integrityOffset();
    if (at < 0) {
      return false;
    }
    byte[] bytes = message.bytes();
    byte[] claimed = Arrays.copyOfRange(bytes, at + 4, at + INTEGRITY_BYTES);
    return MessageDigest.isEqual(hmac(bytes, at, key), claimed);
  }

  /**
   * RFC 8489 section 14.5: over the message up to the attribute, with a length field as if the
   * attribute were the last one.
   */
  private byte[] hmac(byte[] bytes, int attribute, Key key) {
    try {
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the runtime refuses an HMAC-SHA1 key", e);
    }
    int length = attribute + INTEGRITY_BYTES - HEADER_BYTES;
    mac.update(bytes, 0, 2);
    mac.update((byte) (length >> 8));
    mac.update((byte) length);
    mac.update(bytes, 4, attribute - 4);
    return mac.doFinal();
  }

  /** RFC 8489 section 14.7: CRC-32 of the message up to the attribute, XORed with "STUN". */
  private int fingerprint(byte[] bytes, int attribute) {
    crc.reset();
    crc.update(bytes, 0, attribute);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }
}
