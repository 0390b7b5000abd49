package org.purertc.internal.rtp.cc;

/** Between rates, times and sizes. */
final class Rates {
  private static final double BIT_NS_PER_BYTE = 8e9;

  private Rates() {}

  /** What goes through in a time; with its fraction, as many short times make a long one. */
  static double bytes(long bitsPerSecond, long durationNs) {
    return bitsPerSecond * (double) durationNs / BIT_NS_PER_BYTE;
  }

  /** How long it takes, rounded up: afterwards it is done. */
  static long durationNs(double bytes, long bitsPerSecond) {
    return (long) Math.ceil(bytes * BIT_NS_PER_BYTE / bitsPerSecond);
  }

  static long bitsPerSecond(long bytes, long durationNs) {
    return (long) ((double) bytes * BIT_NS_PER_BYTE / durationNs);
  }
}
