package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsHandshakeTest {

  private static final DtlsTransports CLIENTS =
      new DtlsTransports(DtlsCertificate.generate(), null);
  private static final DtlsTransports SERVERS =
      new DtlsTransports(DtlsCertificate.generate(), null);

  private final DtlsPair pair = new DtlsPair(new TestLoop(), CLIENTS, SERVERS);

  @AfterAll
  static void close() {
    CLIENTS.close();
    SERVERS.close();
  }

  @Test
  void connectsAndCarriesDataBothWays() {
    pair.connect();
    pair.client.send(bytes("ping"));
    pair.server.send(bytes("pong"));
    pair.loop.runReady();
    assertThat(pair.server.received).containsExactly(bytes("ping"));
    assertThat(pair.client.received).containsExactly(bytes("pong"));
  }

  @Test
  void agreesOnTheSessionOfDtls12() {
    pair.connect();
    DtlsSession client = pair.client.session();
    DtlsSession server = pair.server.session();
    assertThat(client.version()).isEqualTo("FEFD");
    assertThat(client.role()).isEqualTo(DtlsRole.CLIENT);
    assertThat(server.role()).isEqualTo(DtlsRole.SERVER);
    assertThat(client.cipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    assertThat(client.remoteCertificate()).isEqualTo(SERVERS.certificate().encoded());
    assertThat(server.remoteCertificate()).isEqualTo(CLIENTS.certificate().encoded());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void connectsOverANetworkThatLosesRepeatsAndReorders(long seed) {
    pair.badNetwork(new Random(seed), 0.15, 0.1, 0.2);
    pair.exchangeFingerprints();
    pair.start();
    pair.awaitConnected();
    assertThat(pair.client.events).as("seed %d", seed).containsExactly("connected");
    assertThat(pair.server.events).as("seed %d", seed).containsExactly("connected");
  }

  @Test
  void sendBeforeConnectedSaysToWait() {
    pair.start();
    assertThatIllegalStateException()
        .isThrownBy(() -> pair.client.send(bytes("early")))
        .withMessageContaining("onConnected");
    pair.client.transport.close();
    pair.server.transport.close();
  }

  @Test
  void keepsHandshakeDatagramsWithinTheMinimumPath() {
    pair.connect();
    assertThat(List.of(pair.client.largestDatagram, pair.server.largestDatagram))
        .allSatisfy(bytes -> assertThat(bytes).isLessThanOrEqualTo(1200));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
