package org.purertc.dtls.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with a self-signed certificate, as the texts that openssl would write. */
public record TestPem(X509Certificate certificate, KeyPair pair) {

  public static TestPem ecdsa(String curve) {
    return make("EC", curve, "SHA256withECDSA");
  }

  public static TestPem rsa(int bits) {
    return make("RSA", Integer.toString(bits), "SHA256withRSA");
  }

  static TestPem ed25519() {
    return make("Ed25519", "", "Ed25519");
  }

  private static TestPem make(String algorithm, String size, String signature) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals("EC")) {
        generator.initialize(new ECGenParameterSpec(size));
      } else if (algorithm.equals("RSA")) {
        generator.initialize(Integer.parseInt(size));
      }
      KeyPair pair = generator.generateKeyPair();
      X500Principal name = new X500Principal("CN=test");
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.TWO,
              Date.from(Instant.parse("2026-01-01T00:00:00Z")),
              Date.from(Instant.parse("2096-01-01T00:00:00Z")),
              name,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder(signature).build(pair.getPrivate());
      return new TestPem(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public String certificateText() {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public String pkcs8Text() {
    return block("PRIVATE KEY", pair.getPrivate().getEncoded());
  }

  /** SEC1 for EC, PKCS#1 for RSA. */
  String bareKeyText() {
    try {
      byte[] inner =
          PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
              .parsePrivateKey()
              .toASN1Primitive()
              .getEncoded();
      return block(pair.getPrivate().getAlgorithm() + " PRIVATE KEY", inner);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  public String text() {
    return certificateText() + pkcs8Text();
  }

  static String block(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
