package org.purertc.srtp.internal;

/** Where a packet lies, and what its index is; reused from packet to packet. */
final class Packet {
  private static final int RTP_HEADER_BYTES = 12;
  private static final int RTCP_HEADER_BYTES = 8;
  private static final byte[] NONE = {};

  /** Where a cipher writes that must not write over what it reads. */
  private byte[] scratch = NONE;

  byte[] buffer = NONE;
  int offset;
  int length;

  /** What stays in the clear. */
  int headerBytes;

  int ssrc;

  /** The 48 bits of RFC 3711 section 3.3.1, or the 31 bits of the SRTCP index. */
  long index;

  /**
   * An RTP packet with its CSRCs and header extension.
   *
   * @param tagBytes of the authentication tag that it should have behind it
   * @return false when its header does not fit
   */
  boolean isRtp(byte[] in, int at, int bytes, int tagBytes) {
    of(in, at, bytes);
    headerBytes = RTP_HEADER_BYTES;
    if (bytes - tagBytes < headerBytes) {
      return false;
    }
    headerBytes += 4 * (in[at] & 0x0f);
    if ((in[at] & 0x10) != 0) {
      int extension = headerBytes;
      headerBytes += 4;
      if (bytes - tagBytes < headerBytes) {
        return false;
      }
      headerBytes += 4 * Bytes.u16(in, at + extension + 2);
    }
    ssrc = Bytes.i32(in, at + 8);
    return bytes - tagBytes >= headerBytes;
  }

  /** An RTCP packet, the first of a compound packet; false when its header does not fit. */
  boolean isRtcp(byte[] in, int at, int bytes, int tagBytes) {
    of(in, at, bytes);
    headerBytes = RTCP_HEADER_BYTES;
    if (bytes - tagBytes < headerBytes) {
      return false;
    }
    ssrc = Bytes.i32(in, at + 4);
    return true;
  }

  private void of(byte[] in, int at, int bytes) {
    buffer = in;
    offset = at;
    length = bytes;
  }

  int sequenceNumber() {
    return Bytes.u16(buffer, offset + 2);
  }

  /** The four bytes that end at {@code fromEnd} bytes before the packet's end. */
  int wordBefore(int fromEnd) {
    return Bytes.i32(buffer, offset + length - fromEnd - 4);
  }

  /** The rollover counter, which is authenticated but not sent, RFC 3711 section 4.2. */
  int rolloverCounter() {
    return (int) (index >>> 16);
  }

  /** An array with room for the packet, its content undefined. */
  byte[] scratch() {
    if (scratch.length < length) {
      scratch = new byte[Math.max(2_048, length)];
    }
    return scratch;
  }

  /** Forgets the array, so that an idle session does not keep it alive. */
  void release() {
    buffer = NONE;
  }
}
