package org.purertc.samples.share;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret part of a link. */
record ShareCode(String text) {
  /** 96 bits: 16 characters that need no escaping in a URL (RFC 4648 section 5). */
  private static final int BYTES = 12;

  static ShareCode random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ShareCode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Compares in a time that does not depend on where the texts differ. */
  boolean matches(String other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
