package org.purertc.internal.sctp.tx;

import java.util.Arrays;
import org.purertc.internal.sctp.packet.ForwardTsnChunk;
import org.purertc.internal.sctp.packet.PacketWriter;
import org.purertc.internal.util.SerialNumber;

/**
 * Up to which TSN the peer need not wait, because we gave the messages up: RFC 3758 section 3.5.
 */
final class AdvancedPeerAckPoint {
  private final OutstandingData outstanding;
  private long tsn;
  private boolean due;

  AdvancedPeerAckPoint(OutstandingData outstanding) {
    this.outstanding = outstanding;
    tsn = outstanding.cumulativeTsnAck();
  }

  /** Gives up the message of this chunk: what was sent of it, and what was not. */
  void abandon(long chunkTsn, SendQueue queue) {
    OutgoingMessage message = outstanding.message(chunkTsn);
    message.abandon();
    if (queue.dropRest(message)) {
      // The peer may have everything that was sent; only a TSN of its own tells it of the end.
      outstanding.addAbandoned(message);
    }
    // Without interleaving the chunks of a message have consecutive TSNs.
    long first = chunkTsn;
    while (first - 1 > outstanding.cumulativeTsnAck()
        && outstanding.message(first - 1) == message) {
      first--;
    }
    for (long t = first; t < outstanding.nextTsn() && outstanding.message(t) == message; t++) {
      outstanding.markAbandoned(t);
    }
    advance();
  }

  /** RFC 3758 3.5 C1 to C3, after the cumulative TSN of a SACK was applied. */
  void onCumulativeAck() {
    tsn = Math.max(tsn, outstanding.cumulativeTsnAck());
    advance();
    due = tsn > outstanding.cumulativeTsnAck();
  }

  /** T3-rtx expired, C5. */
  void sendAgain() {
    due = tsn > outstanding.cumulativeTsnAck();
  }

  private void advance() {
    while (tsn + 1 < outstanding.nextTsn() && outstanding.isAbandoned(tsn + 1)) {
      tsn++;
      due = true;
    }
  }

  boolean isDue() {
    return due;
  }

  /** Adds the FORWARD-TSN if the packet has room; whether it did. */
  boolean produce(PacketWriter out) {
    int room = (out.remaining() - ForwardTsnChunk.FIXED_BYTES) / ForwardTsnChunk.ENTRY_BYTES;
    if (room <= 0) {
      return false;
    }
    out.add(chunk(room));
    due = false; // what did not fit follows when the peer acknowledges this part
    return true;
  }

  /** As many streams as there is room for; then the new cumulative TSN stays lower. */
  private ForwardTsnChunk chunk(int room) {
    int[] streams = new int[Math.min(room, (int) (tsn - outstanding.cumulativeTsnAck()))];
    int[] sequences = new int[streams.length];
    int count = 0;
    long reached = outstanding.cumulativeTsnAck();
    while (reached < tsn) {
      OutgoingMessage message = outstanding.message(reached + 1);
      if (!message.isUnordered()) {
        int i = 0;
        while (i < count && streams[i] != message.streamId()) {
          i++;
        }
        if (i == streams.length) {
          break;
        }
        streams[i] = message.streamId();
        sequences[i] = message.streamSequenceNumber();
        count = Math.max(count, i + 1);
      }
      reached++;
    }
    return new ForwardTsnChunk(
        SerialNumber.wrap32(reached),
        Arrays.copyOf(streams, count),
        Arrays.copyOf(sequences, count));
  }
}
