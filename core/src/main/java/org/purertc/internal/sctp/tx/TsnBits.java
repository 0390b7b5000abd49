package org.purertc.internal.sctp.tx;

/** One bit for each TSN of a window that moves, in a ring of words. */
final class TsnBits {
  private final long[] words;
  private final int mask;

  /**
   * @param capacity a power of two, at least 64
   */
  TsnBits(int capacity) {
    words = new long[capacity / Long.SIZE];
    mask = words.length - 1;
  }

  boolean get(long tsn) {
    return (words[wordOf(tsn)] >>> tsn & 1) != 0;
  }

  void set(long tsn) {
    words[wordOf(tsn)] |= 1L << tsn;
  }

  void clear(long tsn) {
    words[wordOf(tsn)] &= ~(1L << tsn);
  }

  /** The first TSN of {@code from} to {@code end} (exclusive) whose bit is 0, else {@code end}. */
  long nextClear(long from, long end) {
    return next(from, end, -1L);
  }

  /** The first TSN of {@code from} to {@code end} (exclusive) whose bit is 1, else {@code end}. */
  long nextSet(long from, long end) {
    return next(from, end, 0L);
  }

  private long next(long from, long end, long inversion) {
    long tsn = from;
    while (tsn < end) {
      long rest = (words[wordOf(tsn)] ^ inversion) >>> tsn;
      if (rest != 0) {
        return Math.min(tsn + Long.numberOfTrailingZeros(rest), end);
      }
      tsn = (tsn | Long.SIZE - 1) + 1;
    }
    return end;
  }

  private int wordOf(long tsn) {
    return (int) (tsn >>> 6) & mask;
  }
}
