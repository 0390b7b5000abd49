package org.purertc.ice.internal;

import java.util.Arrays;
import org.ice4j.attribute.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * A STUN message whose frame is sound: header, bounds of each attribute, lengths of the integrity
 * attributes, FINGERPRINT (RFC 8489 sections 5 and 14). ice4j's decoder checks none of that.
 *
 * @param bytes the whole message, a copy of its own
 * @param integrityOffset where MESSAGE-INTEGRITY begins, or -1
 * @param integritySha256Offset where MESSAGE-INTEGRITY-SHA256 begins, or -1
 */
record StunFrame(byte[] bytes, int integrityOffset, int integritySha256Offset) {

  /** RFC 8489 section 5. */
  static final int HEADER_BYTES = 20;

  static final int MAGIC_COOKIE = 0x2112A442;

  /** RFC 8489 section 14.6. */
  static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;

  /** RFC 8489 section 14.6: an HMAC may be cut to 16 bytes, in steps of four. */
  private static final int MIN_SHA256_BYTES = 16;

  private static final int SHA256_BYTES = 32;

  /** Null when the frame is broken. */
  static @Nullable StunFrame parse(byte[] buffer, int offset, int length, StunIntegrity integrity) {
    if (length < HEADER_BYTES) {
      return null;
    }
    byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    // RFC 8489 section 5: the cookie is fixed, and the length is a multiple of four.
    if (StunWriter.getInt(bytes, 4) != MAGIC_COOKIE
        || StunWriter.u16(bytes, 2) != length - HEADER_BYTES
        || length % 4 != 0) {
      return null;
    }
    int sha1 = -1;
    int sha256 = -1;
    for (int at = HEADER_BYTES; at < length; at += 4 + paddedLength(bytes, at)) {
      if (at + 4 + paddedLength(bytes, at) > length || !isSound(bytes, at, integrity)) {
        return null;
      }
      int type = StunWriter.u16(bytes, at);
      if (type == Attribute.MESSAGE_INTEGRITY && sha1 < 0) {
        sha1 = at;
      } else if (type == MESSAGE_INTEGRITY_SHA256 && sha256 < 0) {
        sha256 = at;
      }
    }
    return new StunFrame(bytes, sha1, sha256);
  }

  private static boolean isSound(byte[] bytes, int at, StunIntegrity integrity) {
    int valueBytes = StunWriter.u16(bytes, at + 2);
    return switch (StunWriter.u16(bytes, at)) {
      case Attribute.MESSAGE_INTEGRITY -> valueBytes + 4 == StunIntegrity.SHA1_ATTRIBUTE_BYTES;
      case MESSAGE_INTEGRITY_SHA256 ->
          valueBytes >= MIN_SHA256_BYTES && valueBytes <= SHA256_BYTES && valueBytes % 4 == 0;
      case Attribute.FINGERPRINT -> integrity.isFingerprint(bytes, at);
      default -> true;
    };
  }

  private static int paddedLength(byte[] bytes, int attribute) {
    return StunWriter.u16(bytes, attribute + 2) + 3 & ~3;
  }

  int type() {
    return StunWriter.u16(bytes, 0);
  }

  TransactionId id() {
    return TransactionId.read(bytes, 8);
  }

  /** What stands behind the first integrity attribute has nobody who vouches for it. */
  boolean vouchesFor(Attribute attribute) {
    int at = attribute.getLocationInMessage();
    return (integrityOffset < 0 || at < integrityOffset)
        && (integritySha256Offset < 0 || at < integritySha256Offset);
  }
}
