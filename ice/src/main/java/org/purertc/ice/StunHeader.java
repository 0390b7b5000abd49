package org.purertc.ice;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a port must know of a datagram before it knows whose it is; nothing is checked further. */
final class StunHeader {

  /** RFC 7983: STUN has a first byte of 0 to 3. */
  private static final int LAST_STUN_FIRST_BYTE = 3;

  /** RFC 8489 section 5. */
  private static final int BYTES = 20;

  private static final int TRANSACTION_ID_OFFSET = 8;

  /** RFC 8489 section 5: the two class bits; 00 request, 01 indication, 10 and 11 responses. */
  private static final int CLASS_RESPONSE_BIT = 0x01;

  private static final int CLASS_INDICATION_BIT = 0x10;

  /** RFC 8489 section 14.3. */
  private static final int USERNAME = 0x0006;

  private StunHeader() {}

  static boolean isStun(byte[] buffer, int offset, int length) {
    return length >= BYTES && isFirstByteOfStun(buffer, offset, length);
  }

  /** Whether it is STUN or a piece of it, so that nobody else wants it. */
  static boolean isFirstByteOfStun(byte[] buffer, int offset, int length) {
    return length > 0 && (buffer[offset] & 0xff) <= LAST_STUN_FIRST_BYTE;
  }

  static boolean isRequest(byte[] buffer, int offset) {
    return !isResponse(buffer, offset) && (buffer[offset + 1] & CLASS_INDICATION_BIT) == 0;
  }

  static boolean isResponse(byte[] buffer, int offset) {
    return (buffer[offset] & CLASS_RESPONSE_BIT) != 0;
  }

  /** The first 64 of the 96 random bits of the transaction id. */
  static long transaction(byte[] buffer, int offset) {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | (buffer[offset + TRANSACTION_ID_OFFSET + i] & 0xff);
    }
    return bits;
  }

  /**
   * What stands before the colon of USERNAME: RFC 8445 section 7.2.2, the fragment of the side that
   * is asked. Null when there is none or the message is malformed.
   */
  static @Nullable String requestedUfrag(byte[] buffer, int offset, int length) {
    int end = offset + length;
    int at = offset + BYTES;
    while (at + 4 <= end) {
      int type = u16(buffer, at);
      int valueBytes = u16(buffer, at + 2);
      int value = at + 4;
      if (value + valueBytes > end) {
        return null;
      }
      if (type == USERNAME) {
        return beforeColon(buffer, value, valueBytes);
      }
      // RFC 8489 section 14: attributes are padded to a multiple of four bytes.
      at = value + ((valueBytes + 3) & ~3);
    }
    return null;
  }

  private static @Nullable String beforeColon(byte[] buffer, int offset, int length) {
    for (int i = 0; i < length; i++) {
      if (buffer[offset + i] == ':') {
        return new String(buffer, offset, i, StandardCharsets.UTF_8);
      }
    }
    return null;
  }

  private static int u16(byte[] buffer, int offset) {
    return (buffer[offset] & 0xff) << 8 | (buffer[offset + 1] & 0xff);
  }
}
