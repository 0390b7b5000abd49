package org.purertc.srtp.internal;

/** Big-endian numbers in arrays. */
final class Bytes {
  private Bytes() {}

  static int u16(byte[] from, int at) {
    return (from[at] & 0xff) << 8 | from[at + 1] & 0xff;
  }

  static int i32(byte[] from, int at) {
    return u16(from, at) << 16 | u16(from, at + 2);
  }

  static void putI32(byte[] to, int at, int value) {
    to[at] = (byte) (value >>> 24);
    to[at + 1] = (byte) (value >>> 16);
    to[at + 2] = (byte) (value >>> 8);
    to[at + 3] = (byte) value;
  }

  /** Whether two ranges are equal, in a time that does not tell where they differ. */
  static boolean sameInConstantTime(byte[] a, int aAt, byte[] b, int bAt, int bytes) {
    int difference = 0;
    for (int i = 0; i < bytes; i++) {
      difference |= a[aAt + i] ^ b[bAt + i];
    }
    return difference == 0;
  }
}
