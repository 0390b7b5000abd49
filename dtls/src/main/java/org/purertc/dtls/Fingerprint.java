package org.purertc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A certificate fingerprint, RFC 8122 section 5.
 *
 * @param algorithm lower case: {@code sha-256}, {@code sha-384} or {@code sha-512}; others are
 *     carried but never match
 * @param value upper-case hexadecimal bytes with colons
 */
public record Fingerprint(String algorithm, String value) {

  private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

  /** Brings both to the case that RFC 8122 asks for, so that equal ones are equal. */
  public Fingerprint {
    algorithm = algorithm.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
  }

  /**
   * The fingerprint of a certificate.
   *
   * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
   * @param certificate DER
   */
  public static Fingerprint of(String algorithm, byte[] certificate) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      return new Fingerprint(algorithm, HEX.formatHex(digest.digest(certificate)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalArgumentException(
          "no hash function " + algorithm + ": use sha-256, sha-384 or sha-512", e);
    }
  }
}
