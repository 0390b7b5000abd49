package org.purertc.internal.rtp.cc;

/** Between rates, times and sizes. */
final class Rates {
  private static final double BIT_NS_PER_BYTE = 8e9;

  private Rates() {}

  /** What goes through in a time. */
  static long bytes(long bitsPerSecond, long durationNs) {
    return (long) (bitsPerSecond * (double) durationNs / BIT_NS_PER_BYTE);
  }

  /** How long it takes. */
  static long durationNs(double bytes, long bitsPerSecond) {
    return (long) (bytes * BIT_NS_PER_BYTE / bitsPerSecond);
  }

  static long bitsPerSecond(long bytes, long durationNs) {
    return (long) ((double) bytes * BIT_NS_PER_BYTE / durationNs);
  }
}
