package org.purertc.internal.sctp.packet;

import java.util.zip.CRC32C;

/** The checksum of a packet, RFC 9260 section 6.8 and appendix A, RFC 9653. */
public enum Checksum {
  /** CRC32c. */
  CRC32C,
  /** RFC 9653: 0, because DTLS below already protects the packet. A receiver takes either. */
  ZERO;

  private static final int FIELD_OFFSET = 8;
  private static final int FIELD_BYTES = 4;
  private static final byte[] ZERO_FIELD = new byte[FIELD_BYTES];

  /** The CRC32c of a packet, its checksum field taken as 0. */
  static int crc32c(byte[] packet, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(packet, offset, FIELD_OFFSET);
    crc.update(ZERO_FIELD, 0, FIELD_BYTES);
    int rest = FIELD_OFFSET + FIELD_BYTES;
    crc.update(packet, offset + rest, length - rest);
    return (int) crc.getValue();
  }

  /** RFC 9260 appendix A: the byte with the coefficients of the highest powers comes first. */
  static int fieldOf(int crc) {
    return Integer.reverseBytes(crc);
  }

  boolean accepts(int field, byte[] packet, int offset, int length) {
    if (this == ZERO && field == 0) {
      return true;
    }
    return field == fieldOf(crc32c(packet, offset, length));
  }
}
