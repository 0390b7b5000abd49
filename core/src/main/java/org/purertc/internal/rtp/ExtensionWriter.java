package org.purertc.internal.rtp;

import java.nio.charset.StandardCharsets;
import org.purertc.internal.util.ByteWriter;

/**
 * Collects the elements of an RTP header extension and writes them, RFC 8285: with one-byte headers
 * where they suffice, else with two-byte headers. To be used again after {@link #clear}.
 */
final class ExtensionWriter {
  private static final int MAX_BYTES = 1_024;

  /** For each element its id, its length and its data. */
  private final byte[] elements = new byte[MAX_BYTES];

  private int collected;
  private int count;
  private boolean twoByte;

  void clear() {
    collected = 0;
    count = 0;
    twoByte = false;
  }

  /**
   * @param length of the data, 1 to 8
   * @param value the data, big-endian
   */
  void add(int id, int length, long value) {
    begin(id, length);
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      elements[collected++] = (byte) (value >>> shift);
    }
  }

  void add(int id, String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    begin(id, data.length);
    System.arraycopy(data, 0, elements, collected, data.length);
    collected += data.length;
  }

  private void begin(int id, int length) {
    if (id < 1 || id > 255 || length < 1 || length > 255 || collected + 2 + length > MAX_BYTES) {
      throw new IllegalArgumentException("extension " + id + " of " + length + " bytes");
    }
    twoByte |=
        id > ExtensionElements.MAX_ONE_BYTE_ID || length > ExtensionElements.MAX_ONE_BYTE_LENGTH;
    count++;
    elements[collected++] = (byte) id;
    elements[collected++] = (byte) length;
  }

  /** What {@link #write} writes; 0 without elements. */
  int bytes() {
    return count == 0 ? 0 : ExtensionElements.HEADER_BYTES + paddedBytes();
  }

  private int paddedBytes() {
    return (twoByte ? collected : collected - count) + 3 & ~3;
  }

  void write(ByteWriter out) {
    if (count == 0) {
      return;
    }
    int padded = paddedBytes();
    out.u16(twoByte ? ExtensionElements.TWO_BYTE_PROFILE : ExtensionElements.ONE_BYTE_PROFILE)
        .u16(padded / 4);
    int start = out.length();
    for (int at = 0; at < collected; ) {
      int id = elements[at] & 0xff;
      int length = elements[at + 1] & 0xff;
      if (twoByte) {
        out.u8(id).u8(length);
      } else {
        out.u8(id << 4 | length - 1);
      }
      out.bytes(elements, at + 2, length);
      at += 2 + length;
    }
    out.zeros(padded - (out.length() - start));
  }
}
