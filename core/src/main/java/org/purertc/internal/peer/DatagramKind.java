package org.purertc.internal.peer;

/** What a datagram on the ICE path is, told by its first bytes, RFC 7983 and RFC 9443. */
enum DatagramKind {
  STUN,
  DTLS,
  RTP,
  RTCP,
  UNKNOWN;

  static DatagramKind of(byte[] buffer, int offset, int length) {
    if (length < 2) {
      return UNKNOWN;
    }
    int first = buffer[offset] & 0xff;
    // RFC 9443 section 3 keeps these ranges of RFC 7983 section 7.
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first < 128 || first > 191) {
      return UNKNOWN;
    }
    // RFC 5761 section 4: packet types 192 to 223 are RTCP, everything else is RTP.
    int second = buffer[offset + 1] & 0xff;
    return second >= 192 && second <= 223 ? RTCP : RTP;
  }
}
