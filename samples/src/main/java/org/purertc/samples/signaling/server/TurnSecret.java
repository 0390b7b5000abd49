package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.purertc.samples.signaling.protocol.IceServer;

/**
 * Makes TURN credentials that expire, from a secret that this server and the TURN server share:
 * draft-uberti-behave-turn-rest-00, which coturn has as {@code use-auth-secret}.
 *
 * @param secret coturn's {@code static-auth-secret}
 * @param seconds how long a credential is valid; an allocation made with it lives on
 */
public record TurnSecret(List<String> urls, String secret, long seconds) {

  /** Credentials for one member, valid from now on. */
  IceServer credentials(String member, long unixTimeMs) {
    String username = (unixTimeMs / 1_000 + seconds) + ":" + member;
    return new IceServer(urls, username, password(username));
  }

  private String password(String username) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  /** The secret belongs into no log. */
  @Override
  public String toString() {
    return "TURN secret for " + urls;
  }
}
