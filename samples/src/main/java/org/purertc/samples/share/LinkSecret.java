package org.purertc.samples.share;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The part of a link behind {@code #}: what both ends know and the signalling server does not. It
 * never travels.
 *
 * <p>128 random bits cannot be guessed from a proof, so no PAKE is needed; that is for short codes.
 *
 * @param text the bits in the URL-safe alphabet of RFC 4648 section 5
 */
record LinkSecret(String text) {
  private static final int BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * Takes the text of a secret.
   *
   * @throws IllegalArgumentException when it is none
   */
  LinkSecret {
    if (Base64.getUrlDecoder().decode(text).length != BYTES) {
      throw new IllegalArgumentException("a secret has " + BYTES * 8 + " bits");
    }
  }

  /** A new one; {@code random} has to be a secure one. */
  static LinkSecret random(SecureRandom random) {
    return new LinkSecret(base64(random, BYTES));
  }

  static String base64(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** HMAC-SHA-256 (RFC 2104) of {@code message} in lower-case hexadecimal. */
  String authenticate(String message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(text), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Secrets do not get into logs by accident. */
  @Override
  public String toString() {
    return "LinkSecret";
  }
}
