package org.purertc.internal.rtp;

/**
 * The sequence numbers and timestamps of packets that come in other streams, one after the other,
 * so that the stream that they go out in has no seam. Gaps stay: what is missing may come later, in
 * its place. No number is given twice, because SRTP must not use an index again (RFC 3711 section
 * 9.1).
 */
public final class ForwardedNumbers {
  /** So far behind the newest a late packet is still taken; a power of two. */
  static final int WINDOW = 2_048;

  /** A jump by more is a new beginning: it would cost receivers their place in SRTP's numbers. */
  static final int MAX_JUMP = 1_000;

  private static final int WORD_BITS = 64;

  private final long[] given = new long[WINDOW / WORD_BITS];
  private boolean hasSource;
  private long ssrc = -1;
  private long first;
  private long sequenceOffset;
  private long timestampOffset;
  private long highestIn;
  private long ssrcBefore = -1;
  private long highestBefore;

  private boolean hasSent;
  private long highestOut;
  private long timestampOut;
  private long sentNs;

  /** Whether a packet with that number goes on where its stream is. */
  public boolean continues(long sourceSsrc, long sequence, long nextOut) {
    return hasSource
        && sourceSsrc == ssrc
        && nextOut == highestOut + 1
        && sequence - highestIn <= MAX_JUMP;
  }

  /** Whether it is late and belongs to the stream before: nobody has a place for it any more. */
  public boolean isOfThePast(long sourceSsrc, long sequence) {
    return sourceSsrc == ssrcBefore && sequence <= highestBefore && sourceSsrc != ssrc;
  }

  /** What follows is to {@link #join}: packets between were passed over. */
  public void interrupt() {
    hasSource = false;
  }

  /**
   * A packet of another stream, or of the same one after an interruption, takes over.
   *
   * @param nextOut what it gets: the next number of the stream that goes out
   */
  public void join(long sourceSsrc, long sequence, long nextOut) {
    if (sourceSsrc != ssrc) {
      ssrcBefore = ssrc;
      highestBefore = highestIn;
    }
    hasSource = true;
    ssrc = sourceSsrc;
    first = sequence;
    highestIn = sequence - 1;
    sequenceOffset = nextOut - sequence;
    highestOut = nextOut - 1;
  }

  /** With {@link #join}: its timestamp is as much later as it came later. */
  public void joinAt(long timestamp, int clockRate, long nowNs) {
    if (hasSent) {
      long ticks = Math.max(1, (nowNs - sentNs) / 1_000 * clockRate / 1_000_000);
      timestampOffset = timestampOut + ticks - timestamp;
    }
  }

  /**
   * The number to go out with; -1 for a packet that was sent already, or is too late.
   *
   * @param timestamp as it came
   */
  public long take(long sequence, long timestamp, long nowNs) {
    long out = sequence + sequenceOffset;
    if (sequence < first || out <= highestOut - WINDOW) {
      return -1;
    }
    if (out > highestOut) {
      for (long skipped = highestOut + 1; skipped < out; skipped++) {
        set(skipped, false);
      }
      set(out, true);
      highestOut = out;
      highestIn = sequence;
      timestampOut = timestamp(timestamp);
      sentNs = nowNs;
      hasSent = true;
      return out;
    }
    if (isSet(out)) {
      return -1;
    }
    set(out, true);
    return out;
  }

  /** As it goes out. */
  public long timestamp(long timestamp) {
    return timestamp + timestampOffset;
  }

  private boolean isSet(long out) {
    return (given[word(out)] & 1L << (out & WORD_BITS - 1)) != 0;
  }

  private void set(long out, boolean isGiven) {
    long bit = 1L << (out & WORD_BITS - 1);
    given[word(out)] = isGiven ? given[word(out)] | bit : given[word(out)] & ~bit;
  }

  private static int word(long out) {
    return (int) (out & WINDOW - 1) / WORD_BITS;
  }
}
