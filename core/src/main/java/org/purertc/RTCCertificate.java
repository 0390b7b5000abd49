package org.purertc;

import java.time.Instant;
import org.purertc.dtls.DtlsCertificate;
import org.purertc.dtls.Fingerprint;

/**
 * The certificate that a peer proves its identity with. Immutable; may be shared by factories.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtccertificate-interface">WebRTC 4.9,
 *     RTCCertificate</a>
 */
public final class RTCCertificate {
  private final DtlsCertificate certificate;

  private RTCCertificate(DtlsCertificate certificate) {
    this.certificate = certificate;
  }

  /** A new self-signed ECDSA P-256 certificate. */
  public static RTCCertificate generate() {
    return new RTCCertificate(DtlsCertificate.generate());
  }

  /**
   * Reads a certificate with its unencrypted private key, ECDSA or RSA.
   *
   * @param pem both, as text with {@code -----BEGIN …-----} lines
   * @throws IllegalArgumentException when one of them is missing, unreadable, or they do not match
   */
  public static RTCCertificate fromPem(String pem) {
    return new RTCCertificate(DtlsCertificate.fromPem(pem));
  }

  /** When it ceases to be valid. */
  public Instant expires() {
    return certificate.expires();
  }

  /** {@code sha-256 AB:CD:…}, as descriptions carry it. */
  public String fingerprint() {
    Fingerprint fingerprint = certificate.fingerprint();
    return fingerprint.algorithm() + " " + fingerprint.value();
  }

  DtlsCertificate certificate() {
    return certificate;
  }
}
