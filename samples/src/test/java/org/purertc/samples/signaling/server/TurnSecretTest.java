package org.purertc.samples.signaling.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.samples.signaling.protocol.IceServer;

class TurnSecretTest {

  /**
   * What {@code printf 1800003600:k3f9a2xw | openssl dgst -sha1 -hmac north -binary | base64} says:
   * the recipe of coturn's documentation.
   */
  @Test
  void theCredentialIsTheOneThatCoturnExpects() {
    TurnSecret secret = new TurnSecret(List.of("turn:turn.example.org"), "north", 3_600);
    assertThat(secret.credentials("k3f9a2xw", 1_800_000_000_999L))
        .isEqualTo(
            new IceServer(
                List.of("turn:turn.example.org"),
                "1800003600:k3f9a2xw",
                "RAwAkArR/wzo5OO4n3OANyCSXe8="));
  }

  @Test
  void theSecretIsNotPrinted() {
    assertThat(new TurnSecret(List.of("turn:turn.example.org"), "north", 3_600).toString())
        .doesNotContain("north");
  }
}
