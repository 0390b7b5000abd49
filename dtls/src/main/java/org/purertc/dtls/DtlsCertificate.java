package org.purertc.dtls;

import java.time.Instant;
import org.purertc.dtls.internal.Identity;

/** A certificate with its private key; immutable, shared by all peers of a factory. */
public final class DtlsCertificate {

  private final Identity identity;
  private final Fingerprint fingerprint;

  private DtlsCertificate(Identity identity) {
    this.identity = identity;
    this.fingerprint = Fingerprint.of("sha-256", identity.encoded());
  }

  /** A new self-signed ECDSA P-256 certificate, valid for 30 days. */
  public static DtlsCertificate generate() {
    return new DtlsCertificate(Identity.generate());
  }

  /**
   * @param pem certificate and unencrypted PKCS#8 (or SEC1, PKCS#1) private key, ECDSA or RSA
   * @throws IllegalArgumentException when one of them is missing, unreadable or they do not match
   */
  public static DtlsCertificate fromPem(String pem) {
    return new DtlsCertificate(Identity.fromPem(pem));
  }

  /** With sha-256. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** DER. */
  public byte[] encoded() {
    return identity.encoded();
  }

  public Instant expires() {
    return identity.expires();
  }

  Identity identity() {
    return identity;
  }
}
