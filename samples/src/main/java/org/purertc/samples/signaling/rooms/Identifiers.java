package org.purertc.samples.signaling.rooms;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Names that nobody guesses, and names that nobody has to type. */
final class Identifiers {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int MEMBER_CHARS = 8;
  private static final int SESSION_BYTES = 24;

  private final RandomGenerator random;

  Identifiers(RandomGenerator random) {
    this.random = random;
  }

  /** Not secret: all members of a room know it. */
  String member() {
    StringBuilder text = new StringBuilder(MEMBER_CHARS);
    for (int i = 0; i < MEMBER_CHARS; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  String session() {
    byte[] bytes = new byte[SESSION_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
