package org.purertc.internal.rtp;

import java.util.Arrays;

/**
 * Tells new packets from old ones by their sequence numbers, RFC 3550 appendix A.1, and unwraps the
 * numbers. There is no probation: SRTP has authenticated the source.
 */
final class SequenceTracker {
  /** What a sequence number means. */
  enum Arrival {
    /** Behind the highest one so far. */
    IN_ORDER,
    /** Below the highest one, and not seen before. */
    LATE,
    DUPLICATE,
    /** Far off: dropped, unless the next packet follows it. */
    FAR,
    /** The second packet of a sender that has begun anew; it counts as in order. */
    RESTART
  }

  /** RFC 3550 appendix A.1. */
  private static final int MAX_DROPOUT = 3_000;

  /** Wider than that appendix's 100: a retransmission may come in the stream itself. */
  static final int WINDOW = 2_048;

  private static final int MAX_RECOVERED_AHEAD = 128;

  private static final int CYCLE = 1 << 16;

  /** Which of the last {@link #WINDOW} numbers were seen, at the number modulo the window. */
  private final long[] seen = new long[WINDOW / Long.SIZE];

  private boolean started;
  private long first;
  private long highest;
  private long last;

  /** The packet that would confirm a restart; -1 for none. */
  private int expectedAfterJump = -1;

  boolean isStarted() {
    return started;
  }

  /** A packet of the stream itself. */
  Arrival offer(int sequence) {
    if (!started) {
      // One cycle up, so that a packet from before the first one gets no negative number.
      start(CYCLE + sequence);
      return Arrival.IN_ORDER;
    }
    int ahead = sequence - (int) highest & 0xffff;
    if (ahead != 0 && ahead < MAX_DROPOUT) {
      expectedAfterJump = -1;
      advance(highest + ahead);
      return Arrival.IN_ORDER;
    }
    if (ahead == 0 || ahead > CYCLE - WINDOW) {
      return offerOld(highest - (CYCLE - ahead & 0xffff));
    }
    if (sequence != expectedAfterJump) {
      expectedAfterJump = sequence + 1 & 0xffff;
      return Arrival.FAR;
    }
    start(highest + ahead);
    return Arrival.RESTART;
  }

  /**
   * A packet that came as a retransmission: the place of a missing one, or a little ahead, as
   * browsers probe the path with copies of what they sent last, which may have been lost.
   */
  Arrival offerRecovered(int sequence) {
    if (!started) {
      return Arrival.FAR;
    }
    int ahead = (short) (sequence - (int) highest);
    if (ahead > 0 && ahead <= MAX_RECOVERED_AHEAD) {
      advance(highest + ahead);
      return Arrival.IN_ORDER;
    }
    return ahead <= 0 && ahead > -WINDOW ? offerOld(highest + ahead) : Arrival.FAR;
  }

  private Arrival offerOld(long sequence) {
    last = sequence;
    if (isSeen(sequence)) {
      return Arrival.DUPLICATE;
    }
    mark(sequence);
    return Arrival.LATE;
  }

  private void start(long sequence) {
    started = true;
    expectedAfterJump = -1;
    Arrays.fill(seen, 0);
    first = sequence;
    highest = sequence;
    last = sequence;
    mark(sequence);
  }

  private void advance(long sequence) {
    if (sequence - highest >= WINDOW) {
      Arrays.fill(seen, 0);
    } else {
      for (long skipped = highest + 1; skipped < sequence; skipped++) {
        seen[word(skipped)] &= ~(1L << skipped);
      }
    }
    highest = sequence;
    last = sequence;
    mark(sequence);
  }

  private boolean isSeen(long sequence) {
    return (seen[word(sequence)] & 1L << sequence) != 0;
  }

  private void mark(long sequence) {
    seen[word(sequence)] |= 1L << sequence;
  }

  private static int word(long sequence) {
    return (int) (sequence & WINDOW - 1) >> 6;
  }

  /** The number that was offered last, unwrapped; meaningless when it was far off. */
  long unwrapped() {
    return last;
  }

  long highest() {
    return highest;
  }

  /** The first number since the last restart. */
  long first() {
    return first;
  }

  /** RFC 3550 section 6.4.1: the cycles since {@link #first} and the highest number, 32 bits. */
  long extendedHighest() {
    return highest - (first & -CYCLE) & 0xffff_ffffL;
  }
}
