package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.dtls.internal.SrtpProfile;

/** RFC 5764: profiles and keys that both ends of a handshake agree on. */
class DtlsSrtpKeysTest {

  private static final DtlsCertificate CERTIFICATE = DtlsCertificate.generate();
  private static final DtlsTransports ANY = new DtlsTransports(CERTIFICATE, null);

  @AfterAll
  static void close() {
    ANY.close();
  }

  @ParameterizedTest
  @CsvSource({
    "AES128_CM_HMAC_SHA1_80, 1, 16, 14",
    "AEAD_AES_128_GCM, 7, 16, 12",
    "AEAD_AES_256_GCM, 8, 32, 12"
  })
  void bothEndsExportTheSameKeysWhoeverLimitsTheProfile(
      SrtpProfile profile, int number, int keyBytes, int saltBytes) {
    try (var only = new DtlsTransports(CERTIFICATE, null, List.of(profile))) {
      checkKeys(new DtlsPair(new TestLoop(), only, ANY), number, keyBytes, saltBytes);
      checkKeys(new DtlsPair(new TestLoop(), ANY, only), number, keyBytes, saltBytes);
    }
  }

  private static void checkKeys(DtlsPair pair, int number, int keyBytes, int saltBytes) {
    pair.connect();
    SrtpKeys client = Objects.requireNonNull(pair.client.session().srtpKeys());
    SrtpKeys server = Objects.requireNonNull(pair.server.session().srtpKeys());
    assertThat(client).usingRecursiveComparison().isEqualTo(server);
    assertThat(client.profile()).isEqualTo(number);
    assertThat(client.clientKey()).hasSize(keyBytes).isNotEqualTo(client.serverKey());
    assertThat(client.serverKey()).hasSize(keyBytes);
    assertThat(client.clientSalt()).hasSize(saltBytes).isNotEqualTo(client.serverSalt());
    assertThat(client.serverSalt()).hasSize(saltBytes);
  }

  @Test
  void prefersAes128Gcm() {
    DtlsPair pair = new DtlsPair(new TestLoop(), ANY, ANY).connect();
    assertThat(Objects.requireNonNull(pair.server.session().srtpKeys()).profile()).isEqualTo(7);
  }

  @Test
  void withoutACommonProfileThereAreNoKeysButAConnection() {
    try (var one =
            new DtlsTransports(CERTIFICATE, null, List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80));
        var other = new DtlsTransports(CERTIFICATE, null, List.of(SrtpProfile.AEAD_AES_256_GCM))) {
      DtlsPair pair = new DtlsPair(new TestLoop(), one, other).connect();
      assertThat(pair.client.session().srtpKeys()).isNull();
      assertThat(pair.server.session().srtpKeys()).isNull();
    }
  }

  @Test
  void keysDoNotShowInText() {
    var keys = new SrtpKeys(7, new byte[16], new byte[12], new byte[16], new byte[12]);
    assertThat(keys).hasToString("SrtpKeys[profile=7]");
  }
}
