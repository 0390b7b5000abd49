package org.purertc;

import java.time.Instant;

/** W3C WebRTC section 4.9. */
public final class RTCCertificate {

  private RTCCertificate() {}

  public static RTCCertificate generate() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Certificate and unencrypted private key, ECDSA or RSA. */
  public static RTCCertificate fromPem(String pem) {
    throw new UnsupportedOperationException("skeleton");
  }

  public Instant expires() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** {@code sha-256 AB:CD:…} */
  public String fingerprint() {
    throw new UnsupportedOperationException("skeleton");
  }
}
