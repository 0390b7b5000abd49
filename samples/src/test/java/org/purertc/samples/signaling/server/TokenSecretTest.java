package org.purertc.samples.signaling.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.samples.signaling.protocol.MemberRole;
import org.purertc.samples.signaling.rooms.Admission;

class TokenSecretTest {
  private static final TokenSecret SECRET = new TokenSecret("0123456789abcdef0123456789abcdef");
  private static final long NOW_SECONDS = 1_800_000_000;
  private static final long NOW_MS = NOW_SECONDS * 1_000;

  @Test
  void aTokenAdmitsToItsRoomOnly() {
    String token = SECRET.token("tea", MemberRole.LISTENER, NOW_SECONDS + 60);
    assertThat(SECRET.admit("tea", token, NOW_MS)).isEqualTo(new Admission(MemberRole.LISTENER));
    assertThat(SECRET.admit("coffee", token, NOW_MS)).isNull();
  }

  @Test
  void withoutARoleTheRoomDecides() {
    String token = SECRET.token("tea", null, NOW_SECONDS + 60);
    assertThat(SECRET.admit("tea", token, NOW_MS)).isEqualTo(Admission.OPEN);
  }

  @Test
  void anExpiredTokenAdmitsNobody() {
    String token = SECRET.token("tea", null, NOW_SECONDS);
    assertThat(SECRET.admit("tea", token, NOW_MS + 29_000)).isNotNull();
    assertThat(SECRET.admit("tea", token, NOW_MS + 30_000)).isNull();
  }

  @Test
  void aTokenOfAnotherSecretAdmitsNobody() {
    String token = new TokenSecret("x".repeat(32)).token("tea", null, NOW_SECONDS + 60);
    assertThat(SECRET.admit("tea", token, NOW_MS)).isNull();
  }

  @Test
  void everyChangedCharacterIsNoticed() {
    String token = SECRET.token("tea", MemberRole.MEMBER, NOW_SECONDS + 60);
    // The last character of a part has bits that mean nothing.
    for (int i = 0; i < token.length() - 1; i++) {
      String changed =
          token.substring(0, i) + (token.charAt(i) == 'A' ? 'B' : 'A') + token.substring(i + 1);
      assertThat(SECRET.admit("tea", changed, NOW_MS)).as("character %d", i).isNull();
    }
  }

  @Test
  void aTokenThatSaysItNeedsNoSignatureAdmitsNobody() {
    String head = base64("{\"alg\":\"none\"}");
    String claims = base64("{\"room\":\"tea\",\"exp\":" + (NOW_SECONDS + 60) + "}");
    assertThat(SECRET.admit("tea", head + "." + claims + ".", NOW_MS)).isNull();
  }

  /** With other spaces and claims, as Python's json and hmac write it. */
  @Test
  void aTokenThatAnotherProgramMadeAdmits() {
    String token =
        "eyJhbGciOiAiSFMyNTYiLCAidHlwIjogIkpXVCJ9"
            + ".eyJzdWIiOiAiYWRhIiwgInJvb20iOiAidGVhIiwgInJvbGUiOiAiaG9zdCIs"
            + "ICJleHAiOiAxODAwMDAwMDYwfQ"
            + ".EVE0WWqeT1lLNbMTCG7JYzPWPHM3rv93JI1xPc9yyR4";
    assertThat(SECRET.admit("tea", token, NOW_MS)).isEqualTo(new Admission(MemberRole.HOST));
  }

  @Test
  void aTokenWithoutARoomOrAnEndAdmitsNobody() throws Exception {
    assertThat(SECRET.admit("tea", signed("{\"exp\":1800000060}"), NOW_MS)).isNull();
    assertThat(SECRET.admit("tea", signed("{\"room\":\"tea\"}"), NOW_MS)).isNull();
    assertThat(SECRET.admit("tea", signed("{\"room\":\"tea\",\"exp\":1800000060}"), NOW_MS))
        .isNotNull();
  }

  private static String signed(String claims) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("0123456789abcdef0123456789abcdef".getBytes(UTF_8), "HmacSHA256"));
    String text = base64("{\"alg\":\"HS256\"}") + "." + base64(claims);
    byte[] signature = mac.doFinal(text.getBytes(UTF_8));
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b", "a.b.c", "=.=.=", "💥.💥.💥"})
  void nonsenseAdmitsNobody(String token) {
    assertThat(SECRET.admit("tea", token, NOW_MS)).isNull();
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new TokenSecret("x".repeat(31)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }
}
