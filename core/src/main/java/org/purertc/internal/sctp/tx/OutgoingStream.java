package org.purertc.internal.sctp.tx;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What waits on one outgoing stream, and its next stream sequence number. */
final class OutgoingStream {
  private final int id;
  private final ArrayDeque<OutgoingMessage> waiting = new ArrayDeque<>(4);
  private int nextSequenceNumber;

  /** Chunks that were sent and are below no cumulative acknowledgement yet. */
  private int outstandingChunks;

  /** When the first message would be finished in the virtual time of {@link StreamScheduler}. */
  private long virtualFinish;

  OutgoingStream(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  void add(OutgoingMessage message) {
    waiting.add(message);
  }

  @Nullable OutgoingMessage first() {
    return waiting.peek();
  }

  void removeFirst() {
    waiting.remove();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether nothing waits and nothing is unacknowledged. */
  boolean isSettled() {
    return waiting.isEmpty() && outstandingChunks == 0;
  }

  void chunkSent() {
    outstandingChunks++;
  }

  void chunkSettled() {
    outstandingChunks--;
  }

  /** Nothing that was in flight counts any more, RFC 9260 section 5.2.4.1. */
  void restart() {
    outstandingChunks = 0;
    nextSequenceNumber = 0;
  }

  int takeSequenceNumber() {
    int number = nextSequenceNumber;
    nextSequenceNumber = number + 1 & 0xffff;
    return number;
  }

  void resetSequenceNumber() {
    nextSequenceNumber = 0;
  }

  long virtualFinish() {
    return virtualFinish;
  }

  void setVirtualFinish(long value) {
    virtualFinish = value;
  }
}
