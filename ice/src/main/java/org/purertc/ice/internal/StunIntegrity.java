package org.purertc.ice.internal;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import org.ice4j.attribute.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * MESSAGE-INTEGRITY, MESSAGE-INTEGRITY-SHA256 and FINGERPRINT of RFC 8489, with one reused {@link
 * Mac} each. The algorithm of a key tells which of the two integrity attributes it makes. Not
 * thread-safe.
 */
final class StunIntegrity {

  static final String HMAC_SHA1 = "HmacSHA1";
  static final String HMAC_SHA256 = "HmacSHA256";

  /** RFC 8489 section 14.5: type, length and an HMAC-SHA1 of 20 bytes. */
  static final int SHA1_ATTRIBUTE_BYTES = 24;

  /** RFC 8489 section 14.6: type, length and an HMAC-SHA256 of 32 bytes. */
  private static final int SHA256_ATTRIBUTE_BYTES = 36;

  /** RFC 8489 section 14.7. */
  private static final int FINGERPRINT_BYTES = 8;

  private static final int FINGERPRINT_XOR = 0x5354554E;

  private final Mac sha1 = mac(HMAC_SHA1);
  private @Nullable Mac sha256;
  private final CRC32 crc = new CRC32();

  private static Mac mac(String algorithm) {
    try {
      return Mac.getInstance(algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
    }
  }

  /** The finished message: with the integrity attribute of the key, if any, and FINGERPRINT. */
  byte[] finish(StunWriter out, @Nullable Key key) {
    if (key != null) {
      boolean isSha256 = key.getAlgorithm().equals(HMAC_SHA256);
      int offset =
          isSha256
              ? out.reserve(StunFrame.MESSAGE_INTEGRITY_SHA256, SHA256_ATTRIBUTE_BYTES)
              : out.reserve(Attribute.MESSAGE_INTEGRITY, SHA1_ATTRIBUTE_BYTES);
      byte[] hmac = hmac(out.bytes(), offset, key);
      System.arraycopy(hmac, 0, out.bytes(), offset + 4, hmac.length);
    }
    int offset = out.reserve(Attribute.FINGERPRINT, FINGERPRINT_BYTES);
    StunWriter.putInt(out.bytes(), offset + 4, fingerprint(out.bytes(), offset));
    return Arrays.copyOf(out.bytes(), out.length());
  }

  /** Whether the message has the integrity attribute that this key makes, and it is right. */
  boolean isAuthentic(StunFrame frame, Key key) {
    boolean isSha256 = key.getAlgorithm().equals(HMAC_SHA256);
    int at = isSha256 ? frame.integritySha256Offset() : frame.integrityOffset();
    if (at < 0) {
      return false;
    }
    byte[] bytes = frame.bytes();
    byte[] claimed = Arrays.copyOfRange(bytes, at + 4, at + 4 + StunWriter.u16(bytes, at + 2));
    byte[] computed = Arrays.copyOf(hmac(bytes, at, key), claimed.length);
    return MessageDigest.isEqual(computed, claimed);
  }

  /**
   * RFC 8489 section 14.5: over the message up to the attribute, with a length field as if the
   * attribute were the last one.
   */
  private byte[] hmac(byte[] bytes, int attribute, Key key) {
    Mac mac = macOf(key);
    int valueBytes = StunWriter.u16(bytes, attribute + 2);
    int length = attribute + 4 + valueBytes - StunFrame.HEADER_BYTES;
    mac.update(bytes, 0, 2);
    mac.update((byte) (length >> 8));
    mac.update((byte) length);
    mac.update(bytes, 4, attribute - 4);
    return mac.doFinal();
  }

  private Mac macOf(Key key) {
    Mac mac = sha1;
    if (key.getAlgorithm().equals(HMAC_SHA256)) {
      Mac known = sha256;
      mac = known == null ? mac(HMAC_SHA256) : known;
      sha256 = mac;
    }
    try {
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the runtime refuses a key for " + mac.getAlgorithm(), e);
    }
  }

  boolean isFingerprint(byte[] bytes, int at) {
    // RFC 8489 section 14.7: FINGERPRINT is the last attribute.
    return at + FINGERPRINT_BYTES == bytes.length
        && StunWriter.u16(bytes, at + 2) == FINGERPRINT_BYTES - 4
        && StunWriter.getInt(bytes, at + 4) == fingerprint(bytes, at);
  }

  /** RFC 8489 section 14.7: CRC-32 of the message up to the attribute, XORed with "STUN". */
  private int fingerprint(byte[] bytes, int attribute) {
    crc.reset();
    crc.update(bytes, 0, attribute);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }
}
