package org.purertc.internal.sctp.tx;

import org.purertc.internal.sctp.packet.SackChunk;

/**
 * The gap ack blocks of one SACK, applied to what is outstanding: RFC 9260 section 6.2.1.
 *
 * <p>Its cost grows with the blocks and with what is newly acknowledged, not with what is
 * outstanding, except when the peer reneged.
 */
final class GapAckBlocks {
  private final OutstandingData outstanding;
  private final SackChunk sack;
  private long ackedBytes;
  private long highestTsn;

  /** Applies the blocks after the cumulative TSN was applied. */
  GapAckBlocks(OutstandingData outstanding, SackChunk sack) {
    this.outstanding = outstanding;
    this.sack = sack;
    highestTsn = outstanding.cumulativeTsnAck();
    int ackedBefore = outstanding.ackedChunks();
    if (sack.gapCount() > 0 || ackedBefore > 0) {
      apply();
    }
  }

  long ackedBytes() {
    return ackedBytes;
  }

  /** The highest TSN that a block covers, else the cumulative one. */
  long highestTsn() {
    return highestTsn;
  }

  private void apply() {
    long cumulative = outstanding.cumulativeTsnAck();
    long covered = 0;
    for (int i = 0; i < sack.gapCount(); i++) {
      long first = cumulative + sack.gapStart(i);
      long last = cumulative + sack.gapEnd(i);
      if (isValid(first, last)) {
        acknowledge(first, last);
        covered += last - first + 1;
        highestTsn = last;
      }
    }
    if (covered < outstanding.ackedChunks()) {
      renege();
    }
  }

  /** Blocks ascend, leave the TSN after the cumulative one out, and cover only what was sent. */
  private boolean isValid(long first, long last) {
    return first > highestTsn + 1 && last < outstanding.nextTsn();
  }

  private void acknowledge(long first, long last) {
    long end = last + 1;
    long tsn = outstanding.nextNotAcked(first, end);
    while (tsn < end) {
      ackedBytes += outstanding.acknowledge(tsn);
      tsn = outstanding.nextNotAcked(tsn + 1, end);
    }
  }

  /** What was acknowledged and is in no block any more is in flight again. */
  private void renege() {
    long from = outstanding.cumulativeTsnAck() + 1;
    long covered = from - 1;
    for (int i = 0; i < sack.gapCount(); i++) {
      long first = outstanding.cumulativeTsnAck() + sack.gapStart(i);
      long last = outstanding.cumulativeTsnAck() + sack.gapEnd(i);
      if (first > covered + 1 && last < outstanding.nextTsn()) {
        renege(covered + 1, first);
        covered = last;
      }
    }
    renege(covered + 1, outstanding.nextTsn());
  }

  private void renege(long from, long end) {
    for (long tsn = from; tsn < end; tsn++) {
      if (outstanding.isAcked(tsn)) {
        outstanding.renege(tsn);
      }
    }
  }
}
