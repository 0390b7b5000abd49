package org.purertc.internal.rtp;

/**
 * Reads the elements of an RTP header extension, RFC 8285. What follows an element that cannot be
 * right is ignored, as section 4.2 asks.
 */
final class ExtensionElements {
  static final int ONE_BYTE_PROFILE = 0xbede;

  /** The lower four bits are the application's. */
  static final int TWO_BYTE_PROFILE = 0x1000;

  /** Profile and length. */
  static final int HEADER_BYTES = 4;

  /** RFC 8285 section 4.2: of one-byte headers; 15 is reserved and ends the reading. */
  static final int MAX_ONE_BYTE_ID = 14;

  static final int MAX_ONE_BYTE_LENGTH = 16;

  private ExtensionElements() {}

  /**
   * @param block where the extension's profile stands, checked to be whole
   * @return where the element's data begins; -1 without one
   */
  static int find(byte[] buffer, int block, int id) {
    int profile = u16(buffer, block);
    int end = block + HEADER_BYTES + 4 * u16(buffer, block + 2);
    if (profile == ONE_BYTE_PROFILE) {
      return findOneByte(buffer, block + HEADER_BYTES, end, id);
    }
    if ((profile & 0xfff0) == TWO_BYTE_PROFILE) {
      return findTwoByte(buffer, block + HEADER_BYTES, end, id);
    }
    return -1;
  }

  private static int findOneByte(byte[] buffer, int start, int end, int id) {
    int at = start;
    while (at < end) {
      int header = buffer[at++] & 0xff;
      if (header == 0) {
        continue; // padding
      }
      int length = (header & 0x0f) + 1;
      int found = header >> 4;
      if (found == 0 || found > MAX_ONE_BYTE_ID || length > end - at) {
        return -1;
      }
      if (found == id) {
        return at;
      }
      at += length;
    }
    return -1;
  }

  private static int findTwoByte(byte[] buffer, int start, int end, int id) {
    int at = start;
    while (at < end) {
      int found = buffer[at++] & 0xff;
      if (found == 0) {
        continue; // padding
      }
      if (at == end || (buffer[at] & 0xff) > end - at - 1) {
        return -1;
      }
      if (found == id) {
        return at + 1;
      }
      at += 1 + (buffer[at] & 0xff);
    }
    return -1;
  }

  /** The bytes of the element's data at {@code at}, which {@link #find} gave. */
  static int lengthAt(byte[] buffer, int block, int at) {
    int before = buffer[at - 1] & 0xff;
    return u16(buffer, block) == ONE_BYTE_PROFILE ? (before & 0x0f) + 1 : before;
  }

  private static int u16(byte[] buffer, int at) {
    return (buffer[at] & 0xff) << 8 | buffer[at + 1] & 0xff;
  }
}
