package org.purertc.dtls.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.Test;

/** The vectors are those of RFC 7748 section 6.1, seen from Bob. */
class X25519AgreementTest {
  private static final String ALICE_PUBLIC =
      "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
  private static final String BOB_PRIVATE =
      "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
  private static final String BOB_PUBLIC =
      "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
  private static final String SHARED =
      "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";

  private final HandshakeCrypto crypto = new HandshakeCrypto(new Fixed(hex(BOB_PRIVATE)));
  private final X25519Agreement bob = new X25519Agreement(crypto);

  @Test
  void agreesOnTheSharedSecretOfTheRfc() throws IOException {
    byte[] value = bob.generateEphemeral();
    bob.receivePeerValue(hex(ALICE_PUBLIC));

    assertThat(value).isEqualTo(hex(BOB_PUBLIC));
    assertThat(crypto.adoptSecret(bob.calculateSecret()).extract()).isEqualTo(hex(SHARED));
  }

  @Test
  void refusesPointThatMakesTheSecretZero() throws IOException {
    bob.generateEphemeral();
    bob.receivePeerValue(new byte[32]);

    assertThatThrownBy(bob::calculateSecret)
        .isInstanceOfSatisfying(
            TlsFatalAlert.class,
            it ->
                assertThat(it.getAlertDescription()).isEqualTo(AlertDescription.handshake_failure));
  }

  @Test
  void refusesValueOfWrongLength() {
    assertThatThrownBy(() -> bob.receivePeerValue(new byte[33]))
        .isInstanceOfSatisfying(
            TlsFatalAlert.class,
            it ->
                assertThat(it.getAlertDescription()).isEqualTo(AlertDescription.illegal_parameter));
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** Gives the same bytes each time. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    Fixed(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      for (int i = 0; i < target.length; i++) {
        target[i] = bytes[i % bytes.length];
      }
    }
  }
}
