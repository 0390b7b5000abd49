package org.purertc.internal.util;

/**
 * Turns wrapping numbers into {@code long}s that never wrap, relative to the highest one seen so
 * far. An old number does not move the reference back.
 */
public final class SequenceUnwrapper {
  private final int shift;
  private long highest;

  /**
   * @param bits width of the wrapping number, 1 to 63
   * @param first the number relative to which the next one is read
   */
  public SequenceUnwrapper(int bits, long first) {
    if (bits < 1 || bits > 63) {
      throw new IllegalArgumentException("bits must be 1 to 63: " + bits);
    }
    this.shift = Long.SIZE - bits;
    this.highest = first;
  }

  /** The number nearest to the highest one so far; becomes the highest when it is above. */
  public long unwrap(long wrapped) {
    long unwrapped = peek(wrapped);
    highest = Math.max(highest, unwrapped);
    return unwrapped;
  }

  /** As {@link #unwrap}, but remembers nothing. */
  public long peek(long wrapped) {
    return highest + ((wrapped - highest) << shift >> shift);
  }

  /** The highest number so far. */
  public long highest() {
    return highest;
  }
}
