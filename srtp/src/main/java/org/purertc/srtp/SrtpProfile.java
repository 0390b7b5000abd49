package org.purertc.srtp;

/** The protection profiles of WebRTC, by their number in {@code use_srtp} (RFC 5764, RFC 7714). */
public enum SrtpProfile {
  /** RFC 5764 section 4.1.2. */
  AES128_CM_SHA1_80(1, 16, 14, 10, 14),
  /** RFC 7714 section 14.2. */
  AEAD_AES_128_GCM(7, 16, 12, 16, 20),
  /** RFC 7714 section 14.2. */
  AEAD_AES_256_GCM(8, 32, 12, 16, 20);

  private final int number;
  private final int keyBytes;
  private final int saltBytes;
  private final int rtpOverheadBytes;
  private final int rtcpOverheadBytes;

  SrtpProfile(
      int number, int keyBytes, int saltBytes, int rtpOverheadBytes, int rtcpOverheadBytes) {
    this.number = number;
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.rtpOverheadBytes = rtpOverheadBytes;
    this.rtcpOverheadBytes = rtcpOverheadBytes;
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

  /** What protecting adds to an RTP packet: the authentication tag. */
  public int rtpOverheadBytes() {
    return rtpOverheadBytes;
  }

  /** What protecting adds to an RTCP packet: the index and the authentication tag. */
  public int rtcpOverheadBytes() {
    return rtcpOverheadBytes;
  }

  boolean isAead() {
    return this != AES128_CM_SHA1_80;
  }
}
