package org.purertc.samples.share;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The part of a link that the sender's server sees: it tells senders apart and keeps visitors away
 * who only guess. It travels in the clear and protects nothing; that is {@link LinkSecret}'s work.
 */
record Room(String text) {
  /** 48 bits: 8 characters that need no escaping in a URL (RFC 4648 section 5). */
  private static final int BYTES = 6;

  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{8}");

  static Room random(SecureRandom random) {
    return new Room(LinkSecret.base64(random, BYTES));
  }

  static boolean isOne(String text) {
    return TEXT.matcher(text).matches();
  }

  /** Compares in a time that does not depend on where the texts differ. */
  boolean matches(String other) {
    return MessageDigest.isEqual(
        text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
