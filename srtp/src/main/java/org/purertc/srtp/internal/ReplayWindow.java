package org.purertc.srtp.internal;

import java.util.Arrays;

/**
 * The highest index of a stream and which of the last {@value #PACKETS} were there, RFC 3711
 * section 3.3.
 */
final class ReplayWindow {
  /**
   * The RFC asks for 64 at least; a retransmission under its own sequence number comes a round trip
   * and hundreds of packets later.
   */
  static final int PACKETS = 1_024;

  /** RFC 3711 section 9.2: 2^48 RTP packets for a key. */
  static final long MAX_RTP_INDEX = (1L << 48) - 1;

  /** RFC 3711 section 9.2: 2^31 RTCP packets for a key. */
  static final long MAX_RTCP_INDEX = (1L << 31) - 1;

  private static final int HALF = 1 << 15;
  private static final long NONE = -1;

  private final long[] seen = new long[PACKETS / Long.SIZE];
  private long highest = NONE;

  /**
   * The index that a sequence number most likely has, RFC 3711 section 3.3.1 and appendix A: one
   * near the highest. The rollover counter of the first packet is 0.
   *
   * @return negative when that would be before the first
   */
  long estimate(int sequenceNumber) {
    if (highest == NONE) {
      return sequenceNumber;
    }
    long rolloverCounter = highest >> 16;
    int highestSequenceNumber = (int) highest & 0xffff;
    if (highestSequenceNumber < HALF) {
      if (sequenceNumber - highestSequenceNumber > HALF) {
        rolloverCounter--;
      }
    } else if (highestSequenceNumber - HALF > sequenceNumber) {
      rolloverCounter++;
    }
    return rolloverCounter << 16 | sequenceNumber;
  }

  /** The index after the highest. */
  long next() {
    return highest + 1;
  }

  /** Whether the index may be used: neither seen before nor too old to tell. */
  boolean isNew(long index) {
    if (index > highest) {
      return true;
    }
    return index >= 0 && highest - index < PACKETS && (seen[word(index)] & bit(index)) == 0;
  }

  void add(long index) {
    if (index - highest >= PACKETS) {
      Arrays.fill(seen, 0);
      highest = index;
    }
    while (highest < index) {
      highest++;
      seen[word(highest)] &= ~bit(highest);
    }
    seen[word(index)] |= bit(index);
  }

  private static int word(long index) {
    return (int) (index % PACKETS) / Long.SIZE;
  }

  private static long bit(long index) {
    return 1L << index;
  }
}
