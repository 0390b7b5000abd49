package org.purertc.srtp;

import org.purertc.srtp.internal.CipherSuite;

/**
 * The protection profiles of WebRTC, by their number in {@code use_srtp} (RFC 5764, RFC 7714).
 *
 * <p>AES128_CM_SHA1_32 (number 2) is not among them: its tag of 32 bits is meant for audio alone,
 * and one DTLS association carries all media of a bundle. Whoever offers it offers a longer tag
 * too.
 */
public enum SrtpProfile {
  /** RFC 5764 section 4.1.2. */
  AES128_CM_SHA1_80(1, CipherSuite.AES_CM_HMAC_SHA1_80, 16, 14, 10),
  /** RFC 7714 section 14.2. */
  AEAD_AES_128_GCM(7, CipherSuite.AES_GCM, 16, 12, 16),
  /** RFC 7714 section 14.2. */
  AEAD_AES_256_GCM(8, CipherSuite.AES_GCM, 32, 12, 16);

  private static final int SRTCP_INDEX_BYTES = 4;

  private final int number;
  private final CipherSuite suite;
  private final int keyBytes;
  private final int saltBytes;
  private final int tagBytes;

  SrtpProfile(int number, CipherSuite suite, int keyBytes, int saltBytes, int tagBytes) {
    this.number = number;
    this.suite = suite;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.tagBytes = tagBytes;
  }

  /**
   * The profile of a number from {@code use_srtp}.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static SrtpProfile of(int number) {
    for (SrtpProfile profile : values()) {
      if (profile.number == number) {
        return profile;
      }
    }
    throw new IllegalArgumentException(
        "SRTP protection profile " + number + " is not supported; 1, 7 and 8 are");
  }

  public int number() {
    return number;
  }

  public int keyBytes() {
    return keyBytes;
  }

  public int saltBytes() {
    return saltBytes;
  }

  /** The name in IANA's registry of DTLS-SRTP protection profiles, as statistics show it. */
  public String registeredName() {
    return this == AES128_CM_SHA1_80 ? "SRTP_AES128_CM_HMAC_SHA1_80" : "SRTP_" + name();
  }

  /** What protecting adds to an RTP packet: the authentication tag. */
  public int rtpOverheadBytes() {
    return tagBytes;
  }

  /** What protecting adds to an RTCP packet: the index and the authentication tag. */
  public int rtcpOverheadBytes() {
    return SRTCP_INDEX_BYTES + tagBytes;
  }

  CipherSuite suite() {
    return suite;
  }
}
