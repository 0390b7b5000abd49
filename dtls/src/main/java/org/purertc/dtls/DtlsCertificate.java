package org.purertc.dtls;

import java.time.Instant;

/** A certificate with its private key; immutable, shared by all peers of a factory. */
public final class DtlsCertificate {

  private DtlsCertificate() {}

  /** A new self-signed ECDSA P-256 certificate, valid for 30 days. */
  public static DtlsCertificate generate() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * @param pem certificate and unencrypted PKCS#8 (or SEC1, PKCS#1) private key, ECDSA or RSA
   * @throws IllegalArgumentException when one of them is missing, unreadable or they do not match
   */
  public static DtlsCertificate fromPem(String pem) {
    throw new UnsupportedOperationException("skeleton");
  }

  public Fingerprint fingerprint() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** DER. */
  public byte[] encoded() {
    throw new UnsupportedOperationException("skeleton");
  }

  public Instant expires() {
    throw new UnsupportedOperationException("skeleton");
  }
}
