package org.purertc.dtls.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemIdentityTest {

  private static final TestPem P256 = TestPem.ecdsa("secp256r1");
  private static final TestPem RSA = TestPem.rsa(2048);

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void readsEcdsaKeysInPkcs8AndSec1(String curve) throws Exception {
    TestPem pem = TestPem.ecdsa(curve);
    for (String key : List.of(pem.pkcs8Text(), pem.bareKeyText())) {
      Identity identity = Identity.fromPem(pem.certificateText() + key);
      assertThat(identity.encoded()).isEqualTo(pem.certificate().getEncoded());
      assertThat(identity.isRsa()).isFalse();
    }
  }

  @Test
  void readsRsaKeysInPkcs8AndPkcs1() {
    for (String key : List.of(RSA.pkcs8Text(), RSA.bareKeyText())) {
      assertThat(Identity.fromPem(key + RSA.certificateText()).isRsa()).isTrue();
    }
  }

  @Test
  void passesOverTextAndCurveParametersBetweenTheBlocks() {
    String text =
        "Bag Attributes\r\n"
            + TestPem.block("EC PARAMETERS", new byte[] {6, 1, 0})
            + P256.bareKeyText().replace("\n", "\r\n")
            + "subject=CN = test\n"
            + P256.certificateText();
    assertThat(Identity.fromPem(text).expires())
        .isEqualTo(P256.certificate().getNotAfter().toInstant());
  }

  @Test
  void takesTheFirstCertificateOfAChain() throws Exception {
    String text = P256.certificateText() + RSA.certificateText() + P256.pkcs8Text();
    assertThat(Identity.fromPem(text).encoded()).isEqualTo(P256.certificate().getEncoded());
  }

  @Test
  void saysWhatIsMissing() {
    refused("").withMessageContaining("BEGIN CERTIFICATE");
    refused(P256.pkcs8Text()).withMessageContaining("BEGIN CERTIFICATE");
    refused(P256.certificateText()).withMessageContaining("BEGIN PRIVATE KEY");
  }

  @Test
  void refusesAKeyOfAnotherCertificate() {
    refused(P256.certificateText() + TestPem.ecdsa("secp256r1").pkcs8Text())
        .withMessageContaining("does not belong");
    refused(P256.certificateText() + RSA.pkcs8Text()).withMessageContaining("not readable");
  }

  @Test
  void refusesEncryptedKeysAndSaysHowToDecrypt() {
    refused(P256.certificateText() + TestPem.block("ENCRYPTED PRIVATE KEY", new byte[40]))
        .withMessageContaining("openssl pkey");
    String old =
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END EC PRIVATE"
            + " KEY-----\n";
    refused(P256.certificateText() + old).withMessageContaining("encrypted");
  }

  @Test
  void refusesBlocksThatHoldSomethingElse() {
    refused(TestPem.block("CERTIFICATE", new byte[50]) + P256.pkcs8Text())
        .withMessageContaining("X.509");
    for (String label : List.of("PRIVATE KEY", "EC PRIVATE KEY")) {
      refused(P256.certificateText() + TestPem.block(label, new byte[50]))
          .withMessageContaining(label);
    }
    refused(RSA.certificateText() + TestPem.block("RSA PRIVATE KEY", new byte[] {48, 0}))
        .withMessageContaining("RSA PRIVATE KEY");
  }

  @Test
  void refusesKeysThatWebRtcDoesNotUse() {
    refused(TestPem.ed25519().text()).withMessageContaining("only ECDSA and RSA");
    refused(TestPem.rsa(1024).text()).withMessageContaining("2048");
  }

  @Test
  void generatesASelfSignedP256CertificateForThirtyDays() throws Exception {
    Identity identity = Identity.generate();
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.encoded()));
    certificate.verify(certificate.getPublicKey());
    var key = (ECPublicKey) certificate.getPublicKey();
    assertThat(key.getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
    assertThat(certificate.getSigAlgName()).isEqualToIgnoringCase("SHA256withECDSA");
    assertThat(certificate.getVersion()).isEqualTo(3);
    assertThat(certificate.getSerialNumber()).isPositive();
    var now = Instant.now();
    assertThat(identity.expires())
        .isBetween(now.plus(Duration.ofDays(29)), now.plus(Duration.ofDays(30)));
    certificate.checkValidity();
  }

  private static ThrowableAssertAlternative<?> refused(String pem) {
    return assertThatIllegalArgumentException().isThrownBy(() -> Identity.fromPem(pem));
  }
}
