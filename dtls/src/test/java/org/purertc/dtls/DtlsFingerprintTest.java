package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8122 section 5 and RFC 5763 section 5: who the peer is decides its fingerprint. */
class DtlsFingerprintTest {

  private static final DtlsTransports CLIENTS =
      new DtlsTransports(DtlsCertificate.generate(), null);
  private static final DtlsTransports SERVERS =
      new DtlsTransports(DtlsCertificate.generate(), null);
  private static final Fingerprint OTHER = DtlsCertificate.generate().fingerprint();

  private final DtlsPair pair = new DtlsPair(new TestLoop(), CLIENTS, SERVERS);

  @AfterAll
  static void close() {
    CLIENTS.close();
    SERVERS.close();
  }

  @Test
  void isMadeWithSha256InUpperCaseWithColons() {
    Fingerprint fingerprint = CLIENTS.certificate().fingerprint();
    assertThat(fingerprint.algorithm()).isEqualTo("sha-256");
    assertThat(fingerprint.value()).matches("[0-9A-F]{2}(:[0-9A-F]{2}){31}");
    assertThat(fingerprint)
        .isEqualTo(new Fingerprint("SHA-256", fingerprint.value().toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
  void acceptsTheThreeHashFunctions(String algorithm) {
    pair.client.transport.setRemoteFingerprints(
        List.of(Fingerprint.of(algorithm, SERVERS.certificate().encoded())));
    pair.server.transport.setRemoteFingerprints(
        List.of(Fingerprint.of(algorithm, CLIENTS.certificate().encoded())));
    pair.start();
    pair.awaitConnected();
  }

  @Test
  void acceptsOneOfSeveralCertificates() {
    pair.client.transport.setRemoteFingerprints(List.of(OTHER, pair.serverFingerprint()));
    pair.server.transport.setRemoteFingerprints(
        List.of(new Fingerprint("sha-1", "00:11"), pair.clientFingerprint()));
    pair.start();
    pair.awaitConnected();
  }

  @Test
  void theStrongestHashFunctionDecides() {
    Fingerprint wrong = Fingerprint.of("sha-512", CLIENTS.certificate().encoded());
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint(), wrong));
    pair.server.transport.setRemoteFingerprints(List.of(pair.clientFingerprint()));
    awaitBothFailed();
    assertThat(pair.client.failure).contains("sha-512");
  }

  @Test
  void aServerOfAnotherCertificateIsRefusedWithBadCertificate() {
    pair.client.transport.setRemoteFingerprints(List.of(OTHER));
    pair.server.transport.setRemoteFingerprints(List.of(pair.clientFingerprint()));
    awaitBothFailed();
    assertThat(pair.client.failure)
        .contains("does not match a=fingerprint")
        .contains(pair.serverFingerprint().value())
        .contains(OTHER.value());
    assertThat(pair.server.failure).contains("bad_certificate");
  }

  @Test
  void aClientOfAnotherCertificateIsRefusedWithBadCertificate() {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.server.transport.setRemoteFingerprints(List.of(OTHER));
    awaitBothFailed();
    assertThat(pair.server.failure).contains("does not match a=fingerprint");
    assertThat(pair.client.failure).contains("bad_certificate");
  }

  @Test
  void unknownHashFunctionsMatchNothing() {
    pair.client.transport.setRemoteFingerprints(List.of(new Fingerprint("sha-1", "00:11:22")));
    pair.server.transport.setRemoteFingerprints(List.of(pair.clientFingerprint()));
    awaitBothFailed();
    assertThat(pair.client.failure).contains("sha-1").contains("sha-256");
  }

  @Test
  void anEmptyListIsAMistakeOfTheCaller() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair.client.transport.setRemoteFingerprints(List.of()))
        .withMessageContaining("a=fingerprint");
  }

  @Test
  void withoutFingerprintsNothingIsDeliveredOrSentAndNoKeyHandedOut() {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.start();
    awaitServerUnverified();
    pair.client.send(new byte[] {1});
    pair.loop.runReady();
    assertThat(pair.server.events).isEmpty();
    assertThat(pair.server.transport.state()).isEqualTo(DtlsState.CONNECTING);
    assertThatIllegalStateException()
        .isThrownBy(() -> pair.server.send(new byte[] {1}))
        .withMessageContaining("onConnected");
    pair.server.transport.close();
  }

  @Test
  void fingerprintsAfterTheHandshakeReleaseWhatWaited() {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.start();
    awaitServerUnverified();
    pair.client.send(new byte[] {1});
    pair.client.send(new byte[] {2});
    pair.loop.runReady();
    pair.server.transport.setRemoteFingerprints(List.of(pair.clientFingerprint()));
    pair.awaitConnected();
    pair.loop.runReady();
    assertThat(pair.server.events).containsExactly("connected", "data", "data");
    assertThat(pair.server.received).containsExactly(new byte[] {1}, new byte[] {2});
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "17, 16", "100, 16"})
  void atMostSixteenEarlyRecordsAreKept(int sent, int kept) {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.start();
    awaitServerUnverified();
    for (int i = 0; i < sent; i++) {
      pair.client.send(new byte[] {(byte) i});
    }
    pair.loop.runReady();
    pair.server.transport.setRemoteFingerprints(List.of(pair.clientFingerprint()));
    pair.awaitConnected();
    pair.loop.runReady();
    List<Integer> received = new ArrayList<>();
    pair.server.received.forEach(data -> received.add((int) data[0]));
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < kept; i++) {
      expected.add(i);
    }
    assertThat(received).isEqualTo(expected);
  }

  @Test
  void wrongFingerprintsAfterTheHandshakeEndItWithBadCertificate() {
    pair.client.transport.setRemoteFingerprints(List.of(pair.serverFingerprint()));
    pair.start();
    awaitServerUnverified();
    pair.client.send(new byte[] {1});
    pair.loop.runReady();
    pair.server.transport.setRemoteFingerprints(List.of(OTHER));
    pair.loop.runUntil(() -> pair.client.failure != null, pair::toString);
    assertThat(pair.server.events).containsExactly("failed");
    assertThat(pair.server.failure).contains("does not match a=fingerprint");
    assertThat(pair.client.failure).contains("bad_certificate");
    assertThat(pair.client.transport.state()).isEqualTo(DtlsState.FAILED);
  }

  private void awaitServerUnverified() {
    pair.loop.runUntil(
        () -> pair.client.isConnected() && pair.server.handshakeEnded, pair::toString);
  }

  private void awaitBothFailed() {
    pair.start();
    pair.loop.runUntil(
        () -> pair.client.failure != null && pair.server.failure != null, pair::toString);
    assertThat(pair.client.events).containsExactly("failed");
    assertThat(pair.server.events).containsExactly("failed");
  }
}
