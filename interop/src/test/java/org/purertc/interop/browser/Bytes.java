package org.purertc.interop.browser;

/** The same bytes and the same hash as {@code peer.js} makes. */
final class Bytes {
  /** FNV-1a, 32 bits. */
  static final long SUM_START = 0x811c9dc5L;

  private static final int PRIME = 0x01000193;

  private Bytes() {}

  static byte[] of(int length, int seed) {
    byte[] out = new byte[length];
    int x = seed;
    for (int i = 0; i < length; i++) {
      x = x * 1_664_525 + 1_013_904_223;
      out[i] = (byte) (x >>> 24);
    }
    return out;
  }

  static long sum(byte[] bytes) {
    return sum(SUM_START, bytes, bytes.length);
  }

  static long sum(long start, byte[] bytes, int length) {
    int hash = (int) start;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ bytes[i] & 0xff) * PRIME;
    }
    return hash & 0xffff_ffffL;
  }
}
