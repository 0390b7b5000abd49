package org.purertc.dtls.internal;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its private key. */
public final class Identity {

  /** WebRTC section 4.9: expires as generateCertificate's default does, after 30 days. */
  private static final Duration VALIDITY = Duration.ofDays(30);

  /** Peers' clocks may be behind ours. */
  private static final Duration CLOCK_ALLOWANCE = Duration.ofDays(1);

  private final X509Certificate certificate;
  private final PrivateKey privateKey;

  Identity(X509Certificate certificate, PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /** RFC 8827 section 6.5: implementations must support ECDSA with the P-256 curve. */
  public static Identity generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      // The name says nothing about the user, and nothing in WebRTC reads it.
      X500Principal name = new X500Principal("CN=WebRTC");
      Instant now = Instant.now();
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(63, new SecureRandom()).setBit(62),
              Date.from(now.minus(CLOCK_ALLOWANCE)),
              Date.from(now.plus(VALIDITY)),
              name,
              pair.getPublic());
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      return new Identity(
          new JcaX509CertificateConverter().getCertificate(builder.build(signer)),
          pair.getPrivate());
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this JVM cannot make an ECDSA P-256 certificate", e);
    }
  }

  /**
   * @throws IllegalArgumentException when certificate or key is missing, unreadable or not a pair
   */
  public static Identity fromPem(String pem) {
    return PemIdentity.parse(pem);
  }

  /** DER. */
  public byte[] encoded() {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate has no encoding", e);
    }
  }

  public Instant expires() {
    return certificate.getNotAfter().toInstant();
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  boolean isRsa() {
    return privateKey instanceof RSAKey;
  }
}
