package org.purertc.internal.sctp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** Signs state cookies and knows its own again, RFC 9260 sections 5.1.3 and 5.1.5. */
final class CookieFactory {
  /** RFC 9260 section 16, Valid.Cookie.Life. */
  static final long LIFETIME_NS = 60_000_000_000L;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE_BYTES = 32;

  private final RandomGenerator random;
  private byte @Nullable [] key;

  CookieFactory(RandomGenerator random) {
    this.random = random;
  }

  byte[] sign(StateCookie cookie) {
    byte[] signed = new byte[StateCookie.BYTES + SIGNATURE_BYTES];
    cookie.writeTo(new ByteWriter(signed, 0));
    byte[] signature = signature(signed);
    System.arraycopy(signature, 0, signed, StateCookie.BYTES, SIGNATURE_BYTES);
    return signed;
  }

  /** The cookie, if it is one of ours. */
  StateCookie verify(byte[] signed) throws MalformedPacketException {
    if (signed.length != StateCookie.BYTES + SIGNATURE_BYTES) {
      throw new MalformedPacketException("cookie of " + signed.length + " bytes");
    }
    byte[] signature = Arrays.copyOfRange(signed, StateCookie.BYTES, signed.length);
    if (!MessageDigest.isEqual(signature, signature(signed))) {
      throw new MalformedPacketException("cookie that we did not sign");
    }
    return StateCookie.parse(new ByteReader(signed, 0, StateCookie.BYTES));
  }

  private byte[] signature(byte[] signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(), ALGORITHM));
      mac.update(signed, 0, StateCookie.BYTES);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("each Java runtime has " + ALGORITHM, e);
    }
  }

  private byte[] key() {
    byte[] current = key;
    if (current == null) {
      current = new byte[SIGNATURE_BYTES];
      random.nextBytes(current);
      key = current;
    }
    return current;
  }
}
