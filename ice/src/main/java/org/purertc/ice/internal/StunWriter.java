package org.purertc.ice.internal;

import java.util.Arrays;

/** Appends attributes to a STUN header and keeps its length field right, RFC 8489 section 5. */
final class StunWriter {

  /** A check with user fragments of usual length fits without growing. */
  private static final int USUAL_BYTES = 160;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length = StunFrame.HEADER_BYTES;

  StunWriter(int type, TransactionId id) {
    putU16(bytes, 0, type);
    putInt(bytes, 4, StunFrame.MAGIC_COOKIE);
    System.arraycopy(id.toBytes(), 0, bytes, 8, TransactionId.BYTES);
  }

  /** Appends an encoded attribute, with its header and with or without its padding. */
  void attribute(byte[] encoded) {
    int at = grow(encoded.length + 3 & ~3);
    System.arraycopy(encoded, 0, bytes, at, encoded.length);
  }

  /** Appends an attribute with this value. */
  void attribute(int type, byte[] value) {
    int at = grow(4 + value.length + 3 & ~3);
    putU16(bytes, at, type);
    putU16(bytes, at + 2, value.length);
    System.arraycopy(value, 0, bytes, at + 4, value.length);
  }

  /** Appends an attribute of zeros, {@code total} bytes with its header; returns its offset. */
  int reserve(int type, int total) {
    int at = grow(total);
    putU16(bytes, at, type);
    putU16(bytes, at + 2, total - 4);
    return at;
  }

  private int grow(int added) {
    int at = length;
    length += added;
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
    putU16(bytes, 2, length - StunFrame.HEADER_BYTES);
    return at;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  static int u16(byte[] b, int at) {
    return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
  }

  static int getInt(byte[] b, int at) {
    return u16(b, at) << 16 | u16(b, at + 2);
  }

  static void putInt(byte[] b, int at, int value) {
    putU16(b, at, value >>> 16);
    putU16(b, at + 2, value);
  }

  private static void putU16(byte[] b, int at, int value) {
    b[at] = (byte) (value >> 8);
    b[at + 1] = (byte) value;
  }
}
