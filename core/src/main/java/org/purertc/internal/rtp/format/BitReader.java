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

  /**
   * A number in Exp-Golomb code, below 2<sup>32</sup> - 1: ue(v) of H.264 section 9.1, uvlc() of
   * AV1 section 4.10.3.
   */
  long expGolomb() throws MalformedPacketException {
    int zeros = 0;
    while (!flag()) {
      if (++zeros > 31) {
        throw new MalformedPacketException("an Exp-Golomb code of more than 63 bits");
      }
    }
    return (1L << zeros) - 1 + bits(zeros);
  }

  /** An Exp-Golomb code that its format bounds. */
  int expGolomb(int max) throws MalformedPacketException {
    long value = expGolomb();
    if (value > max) {
      throw new MalformedPacketException("the number " + value + " where " + max + " is the most");
    }
    return (int) value;
  }

  /** se(v) of H.264 section 9.1.1. */
  long signedExpGolomb() throws MalformedPacketException {
    long code = expGolomb();
    return (code & 1) != 0 ? (code + 1) / 2 : -code / 2;
  }
}
