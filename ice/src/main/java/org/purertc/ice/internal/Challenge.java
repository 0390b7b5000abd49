package org.purertc.ice.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.text.Normalizer;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A server's challenge and our answer to it: the long-term credential mechanism, RFC 8489 section
 * 9.2.
 */
public final class Challenge {

  /** RFC 8489 section 18.5, registry of password algorithms. */
  static final int MD5 = 0x0001;

  static final int SHA_256 = 0x0002;

  /** RFC 8489 section 9.2: what a nonce begins with whose next four characters are 24 bits. */
  private static final String NONCE_COOKIE = "obMatJos2";

  private static final int FEATURE_CHARACTERS = 4;

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  /** RFC 8489 section 18.1: bit 0 is the highest bit of the first character. */
  private static final int PASSWORD_ALGORITHMS_FEATURE = 0x20;

  final byte[] username;
  final byte[] realm;
  final byte[] nonce;
  final byte @Nullable [] passwordAlgorithms;
  final int algorithm;
  private final Key key;

  private Challenge(
      byte[] username, byte[] realm, byte[] nonce, byte @Nullable [] algorithms, Key key) {
    this.username = username;
    this.realm = realm;
    this.nonce = nonce;
    passwordAlgorithms = algorithms;
    algorithm = algorithms == null ? MD5 : choose(algorithms);
    this.key = key;
  }

  /**
   * The answer to a 401 or 438.
   *
   * @return null when the error has no realm or nonce, offers only algorithms that we do not know,
   *     or its list of algorithms was taken out on the way
   */
  public static @Nullable Challenge answer(ServerMessage error, String username, String password) {
    byte[] realm = error.realm();
    byte[] nonce = error.nonce();
    byte[] algorithms = error.passwordAlgorithms();
    if (realm == null || nonce == null) {
      return null;
    }
    // RFC 8489 section 9.2.5: the cookie says that algorithms were offered, to foil bidding down.
    if (algorithms == null ? promisesAlgorithms(nonce) : choose(algorithms) == 0) {
      return null;
    }
    String user = prepared(username);
    String secret = new String(realm, UTF_8);
    Key key = key(user + ":" + secret + ":" + prepared(password), algorithms);
    return new Challenge(user.getBytes(UTF_8), realm, nonce, algorithms, key);
  }

  /** RFC 8489 section 14.4 and 9.2.2. */
  private static Key key(String input, byte @Nullable [] algorithms) {
    boolean sha256 = algorithms != null && choose(algorithms) == SHA_256;
    try {
      MessageDigest digest = MessageDigest.getInstance(sha256 ? "SHA-256" : "MD5");
      byte[] key = digest.digest(input.getBytes(UTF_8));
      // RFC 8489 section 9.2.4: whoever was offered algorithms signs with
      // MESSAGE-INTEGRITY-SHA256 alone.
      boolean offered = algorithms != null;
      return new SecretKeySpec(key, offered ? StunIntegrity.HMAC_SHA256 : StunIntegrity.HMAC_SHA1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks MD5 or SHA-256", e);
    }
  }

  /** RFC 8265 section 4.2, OpaqueString: spaces are U+0020, and the text is in form NFC. */
  private static String prepared(String text) {
    return Normalizer.normalize(text.replaceAll("\\p{Zs}", " "), Normalizer.Form.NFC);
  }

  private static boolean promisesAlgorithms(byte[] nonce) {
    String text = new String(nonce, UTF_8);
    return text.startsWith(NONCE_COOKIE)
        && text.length() >= NONCE_COOKIE.length() + FEATURE_CHARACTERS
        && (BASE64.indexOf(text.charAt(NONCE_COOKIE.length())) & PASSWORD_ALGORITHMS_FEATURE) != 0;
  }

  /** SHA-256 where it is offered, else MD5; 0 when neither is. RFC 8489 section 14.11. */
  private static int choose(byte[] algorithms) {
    int chosen = 0;
    for (int at = 0; at + 4 <= algorithms.length; ) {
      int algorithm = StunWriter.u16(algorithms, at);
      int parameterBytes = StunWriter.u16(algorithms, at + 2);
      if (parameterBytes == 0 && (algorithm == MD5 || algorithm == SHA_256)) {
        chosen = Math.max(chosen, algorithm);
      }
      at += 4 + (parameterBytes + 3 & ~3);
    }
    return chosen;
  }

  /** Of the requests that answer the challenge, and of the responses to them. */
  public Key key() {
    return key;
  }
}
