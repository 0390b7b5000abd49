package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** Reads fields of bits, the most significant first; bounded by the reader of bytes below it. */
final class BitReader {
  private final ByteReader in;
  private int current;
  private int unread;

  BitReader(ByteReader in) {
    this.in = in;
  }

  /** The next {@code count} bits, at most 31, as a number. */
  int bits(int count) throws MalformedPacketException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (unread == 0) {
        current = in.u8();
        unread = 8;
      }
      value = value << 1 | current >> --unread & 1;
    }
    return value;
  }

  boolean flag() throws MalformedPacketException {
    return bits(1) != 0;
  }
}
