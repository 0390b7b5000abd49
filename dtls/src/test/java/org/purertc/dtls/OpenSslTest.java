package org.purertc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.dtls.internal.TestPem;

/** Against the openssl command, with each kind of certificate on each side. */
@Tag("interop")
class OpenSslTest {

  private static final TestPem ECDSA = TestPem.ecdsa("secp256r1");
  private static final TestPem P384 = TestPem.ecdsa("secp384r1");
  private static final TestPem RSA = TestPem.rsa(2048);

  @TempDir private Path directory;
  private final TestLoop loop = new TestLoop();

  @BeforeEach
  void opensslIsThere() throws Exception {
    assertThat(new ProcessBuilder("openssl", "version").start().waitFor()).isZero();
  }

  static Stream<Arguments> certificates() {
    return Stream.of(
        Arguments.of("ECDSA", ECDSA, ECDSA, List.of()),
        Arguments.of("P-384", P384, P384, List.of()),
        Arguments.of("RSA peer", ECDSA, RSA, List.of()),
        Arguments.of("both RSA", RSA, RSA, List.of()),
        Arguments.of("we RSA", RSA, ECDSA, List.of()),
        Arguments.of(
            "PSS",
            RSA,
            RSA,
            List.of("-sigalgs", "RSA-PSS+SHA256", "-client_sigalgs", "RSA-PSS+SHA256")),
        Arguments.of(
            "PKCS#1", RSA, RSA, List.of("-sigalgs", "RSA+SHA256", "-client_sigalgs", "RSA+SHA256")),
        Arguments.of("only P-256", ECDSA, ECDSA, List.of("-groups", "P-256")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("certificates")
  void connectsToOpenSslServer(String name, TestPem ours, TestPem theirs, List<String> more)
      throws Exception {
    List<String> options = options(theirs, more, "SRTP_AEAD_AES_128_GCM");
    options.addAll(List.of("-Verify", "2"));
    try (var transports = new DtlsTransports(DtlsCertificate.fromPem(ours.text()), null);
        var openssl = OpenSslPeer.server(loop, options)) {
      DtlsEnd end = new DtlsEnd(transports, loop);
      openssl.connect(end);
      end.transport.setRemoteFingerprints(List.of(fingerprint(theirs)));
      end.transport.handshakeRoundTrip(0);
      end.start(DtlsRole.CLIENT);
      talk(end, openssl);
      assertThat(Objects.requireNonNull(end.session().srtpKeys()).profile()).isEqualTo(7);
      end.transport.close();
      loop.runUntil(() -> openssl.hasPrinted("DONE"), openssl::toString);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("certificates")
  void acceptsOpenSslClient(String name, TestPem ours, TestPem theirs, List<String> more)
      throws Exception {
    try (var transports = new DtlsTransports(DtlsCertificate.fromPem(ours.text()), null);
        var openssl = OpenSslPeer.client(loop, options(theirs, more, "SRTP_AES128_CM_SHA1_80"))) {
      DtlsEnd end = new DtlsEnd(transports, loop);
      openssl.connect(end);
      end.transport.setRemoteFingerprints(List.of(fingerprint(theirs)));
      end.transport.handshakeRoundTrip(0);
      end.start(DtlsRole.SERVER);
      talk(end, openssl);
      assertThat(Objects.requireNonNull(end.session().srtpKeys()).profile()).isEqualTo(1);
      openssl.type("Q");
      loop.runUntil(() -> end.events.contains("closed"), openssl::toString);
    }
  }

  @Test
  void exportsTheKeysThatOpenSslExports() throws Exception {
    List<String> options = options(ECDSA, List.of(), "SRTP_AEAD_AES_128_GCM");
    options.addAll(
        List.of("-Verify", "2", "-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", "56"));
    try (var transports = new DtlsTransports(DtlsCertificate.generate(), null);
        var openssl = OpenSslPeer.server(loop, options)) {
      DtlsEnd end = new DtlsEnd(transports, loop);
      openssl.connect(end);
      end.transport.setRemoteFingerprints(List.of(fingerprint(ECDSA)));
      end.start(DtlsRole.CLIENT);
      loop.runUntil(
          () -> end.isConnected() && openssl.hasPrinted("Keying material:"), openssl::toString);
      SrtpKeys keys = Objects.requireNonNull(end.session().srtpKeys());
      HexFormat hex = HexFormat.of().withUpperCase();
      String all =
          hex.formatHex(keys.clientKey())
              + hex.formatHex(keys.serverKey())
              + hex.formatHex(keys.clientSalt())
              + hex.formatHex(keys.serverSalt());
      assertThat(openssl.toString()).contains("Keying material: " + all);
    }
  }

  @Test
  void aClientWithoutACertificateIsRefused() throws Exception {
    try (var transports = new DtlsTransports(DtlsCertificate.fromPem(ECDSA.text()), null);
        var openssl = OpenSslPeer.client(loop, List.of())) {
      DtlsEnd end = new DtlsEnd(transports, loop);
      openssl.connect(end);
      end.transport.setRemoteFingerprints(List.of(fingerprint(RSA)));
      end.start(DtlsRole.SERVER);
      loop.runUntil(() -> end.failure != null, openssl::toString);
      assertThat(end.failure).contains("no certificate");
    }
  }

  private void talk(DtlsEnd end, OpenSslPeer openssl) throws Exception {
    loop.runUntil(
        () -> end.isConnected() || end.failure != null,
        () -> end.events + " " + end.failure + "\n" + openssl);
    assertThat(end.failure).isNull();
    end.send("hello openssl\n".getBytes(StandardCharsets.UTF_8));
    loop.runUntil(() -> openssl.hasPrinted("hello openssl"), openssl::toString);
    openssl.type("hello java");
    loop.runUntil(() -> !end.received.isEmpty(), openssl::toString);
    assertThat(end.received).containsExactly("hello java\n".getBytes(StandardCharsets.UTF_8));
  }

  private List<String> options(TestPem pem, List<String> more, String srtp) throws Exception {
    Path certificate = Files.writeString(directory.resolve("cert.pem"), pem.certificateText());
    Path key = Files.writeString(directory.resolve("key.pem"), pem.pkcs8Text());
    List<String> options =
        new ArrayList<>(
            List.of("-cert", certificate.toString(), "-key", key.toString(), "-use_srtp", srtp));
    options.addAll(more);
    return options;
  }

  private static Fingerprint fingerprint(TestPem pem) throws Exception {
    return Fingerprint.of("sha-256", pem.certificate().getEncoded());
  }
}
