package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.rooms.Admission;

/**
 * Makes and reads tokens for one room each: JSON Web Tokens (RFC 7519), signed with HMAC-SHA256
 * (RFC 7515 section 3, "HS256"), so that another program can make them with any JWT library.
 */
public final class TokenSecret {
  /** RFC 7518 section 3.2: a key of the same size as the hash output or larger. */
  public static final int LEAST_BYTES = 32;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ALGORITHM = "HS256";

  /** Servers' clocks differ. */
  private static final long CLOCK_ALLOWANCE_SECONDS = 30;

  private final SecretKeySpec key;

  /**
   * @param secret 32 bytes or more as UTF-8
   */
  public TokenSecret(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    if (bytes.length < LEAST_BYTES) {
      throw new IllegalArgumentException("a secret has " + LEAST_BYTES + " bytes or more");
    }
    key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /**
   * Makes a token.
   *
   * @param role what its owner is in the room; null to let the room decide
   * @param expires Unix time in seconds; who is in the room then may stay
   */
  public String token(String room, @Nullable MemberRole role, long expires) {
    ObjectNode claims = JSON.createObjectNode().put("room", room).put("exp", expires);
    if (role != null) {
      claims.set("role", JSON.valueToTree(role));
    }
    String head = JSON.createObjectNode().put("alg", ALGORITHM).put("typ", "JWT").toString();
    String signed = base64(head.getBytes(UTF_8)) + "." + base64(claims.toString().getBytes(UTF_8));
    return signed + "." + base64(signature(signed));
  }

  /** What {@code token} allows in {@code room}; null when it is none of ours, or does not. */
  @Nullable Admission admit(String room, String token, long unixTimeMs) {
    int lastDot = token.lastIndexOf('.');
    int firstDot = token.indexOf('.');
    if (firstDot < 0 || firstDot == lastDot) {
      return null;
    }
    try {
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(lastDot + 1));
      if (!MessageDigest.isEqual(signature, signature(token.substring(0, lastDot)))) {
        return null;
      }
      // RFC 8725 section 3.1: only the algorithm that is meant, whatever the token says.
      JsonNode head = json(token.substring(0, firstDot));
      JsonNode claims = json(token.substring(firstDot + 1, lastDot));
      return head.path("alg").asText().equals(ALGORITHM) ? admit(room, claims, unixTimeMs) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Admission admit(String room, JsonNode claims, long unixTimeMs) {
    JsonNode expires = claims.path("exp");
    boolean valid =
        expires.isNumber()
            && unixTimeMs / 1_000 < expires.asLong() + CLOCK_ALLOWANCE_SECONDS
            && unixTimeMs / 1_000 >= claims.path("nbf").asLong() - CLOCK_ALLOWANCE_SECONDS
            && claims.path("room").isTextual()
            && claims.path("room").textValue().equals(room);
    if (!valid) {
      return null;
    }
    JsonNode role = claims.path("role");
    return role.isMissingNode()
        ? Admission.OPEN
        : new Admission(JSON.convertValue(role, MemberRole.class));
  }

  private static JsonNode json(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The secret belongs into no log. */
  @Override
  public String toString() {
    return "secret for tokens";
  }
}
