package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** A size in seven bits a byte, the lowest first: leb128() of AV1 section 4.10.5. */
final class Leb128 {
  private static final int MAX_BYTES = 8;

  private Leb128() {}

  static int bytesOf(int value) {
    return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
  }

  static void write(ByteWriter out, int value) {
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.u8(rest | 0x80);
    }
    out.u8(rest);
  }

  static byte[] bytes(int value) {
    byte[] bytes = new byte[bytesOf(value)];
    write(new ByteWriter(bytes, 0), value);
    return bytes;
  }

  /** A size of something that the reader has behind it. */
  static int readSize(ByteReader in) throws MalformedPacketException {
    long value = 0;
    for (int i = 0; i < MAX_BYTES; i++) {
      int next = in.u8();
      value |= (next & 0x7fL) << 7 * i;
      if (next <= 0x7f) {
        if (value > in.remaining()) {
          throw new MalformedPacketException(
              value + " bytes are said to follow, " + in.remaining() + " are left");
        }
        return (int) value;
      }
    }
    throw new MalformedPacketException("a size in more than 8 bytes");
  }
}
