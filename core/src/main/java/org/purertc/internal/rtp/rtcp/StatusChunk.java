package org.purertc.internal.rtp.rtcp;

/**
 * Cuts the statuses of a {@link TransportFeedback} into chunks of two bytes: each of the kind that
 * holds the most statuses, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.2.
 */
final class StatusChunk {
  static final int BYTES = 2;

  /** Packet status symbols, section 3.1.1. */
  static final int NOT_RECEIVED = 0;

  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;
  static final int RESERVED = 3;

  /** A run length chunk, section 3.1.3, has this bit clear. */
  static final int VECTOR = 0x8000;

  static final int RUN_BITS = 13;
  static final int MAX_RUN = (1 << RUN_BITS) - 1;

  /** A status vector chunk, section 3.1.4, of symbols of two bits has this bit set. */
  static final int TWO_BITS = 0x4000;

  static final int ONE_BIT_SYMBOLS = 14;
  static final int TWO_BIT_SYMBOLS = 7;

  private final TransportFeedback feedback;

  /** Where the next chunk begins, and which is the next delta there. */
  private int offset;

  private int index;
  private int word;

  StatusChunk(TransportFeedback feedback) {
    this.feedback = feedback;
  }

  /** Goes to the next chunk, if there is one. */
  boolean next() {
    int left = feedback.statusCount() - offset;
    if (left == 0) {
      return false;
    }
    int run = run();
    boolean oneBit = smallOnly(Math.min(left, ONE_BIT_SYMBOLS));
    int symbols = oneBit ? ONE_BIT_SYMBOLS : TWO_BIT_SYMBOLS;
    if (run >= Math.min(left, symbols)) {
      int symbol = feedback.symbol(offset, index);
      word = symbol << RUN_BITS | run;
      pass(run, symbol == NOT_RECEIVED ? 0 : run);
    } else {
      vector(Math.min(left, symbols), symbols, oneBit ? 1 : 2);
    }
    return true;
  }

  /** The chunk as it goes over the wire. */
  int word() {
    return word;
  }

  private int run() {
    int[] offsets = feedback.offsets();
    int symbol = feedback.symbol(offset, index);
    if (symbol == NOT_RECEIVED) {
      int end = index < offsets.length ? offsets[index] : feedback.statusCount();
      return Math.min(end - offset, MAX_RUN);
    }
    int run = 1;
    while (run < MAX_RUN && feedback.symbol(offset + run, index + run) == symbol) {
      run++;
    }
    return run;
  }

  private boolean smallOnly(int count) {
    int at = index;
    for (int i = 0; i < count; i++) {
      int symbol = feedback.symbol(offset + i, at);
      if (symbol == LARGE_DELTA) {
        return false;
      }
      at += symbol == NOT_RECEIVED ? 0 : 1;
    }
    return true;
  }

  private void vector(int count, int symbols, int bits) {
    word = bits == 1 ? VECTOR : VECTOR | TWO_BITS;
    for (int i = 0; i < count; i++) {
      int symbol = feedback.symbol(offset, index);
      word |= symbol << (symbols - 1 - i) * bits;
      pass(1, symbol == NOT_RECEIVED ? 0 : 1);
    }
  }

  private void pass(int statuses, int arrived) {
    offset += statuses;
    index += arrived;
  }
}
