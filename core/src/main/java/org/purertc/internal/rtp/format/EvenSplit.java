package org.purertc.internal.rtp.format;

/**
 * Cuts a frame into the fewest parts that fit, of sizes that differ by at most one byte: a small
 * last packet would cost a packet and tell the path's capacity badly.
 */
final class EvenSplit {
  private int remainingBytes;
  private int remainingParts;

  /**
   * Begins a frame.
   *
   * @param bytes at least 1
   * @param maxPartBytes at least 1
   */
  void begin(int bytes, int maxPartBytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("an empty frame");
    }
    if (maxPartBytes < 1) {
      throw new IllegalArgumentException("no room for the frame beside the payload descriptor");
    }
    remainingBytes = bytes;
    remainingParts = (bytes - 1) / maxPartBytes + 1;
  }

  /** Takes the next part's size off; 0 when the frame has no more. The larger ones come last. */
  int nextPartBytes() {
    if (remainingParts == 0) {
      return 0;
    }
    int part = remainingBytes / remainingParts--;
    remainingBytes -= part;
    return part;
  }

  boolean isEmpty() {
    return remainingParts == 0;
  }
}
