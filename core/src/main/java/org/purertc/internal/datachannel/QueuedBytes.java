package org.purertc.internal.datachannel;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one channel queued and what of it was sent, and tells the user's bytes from our own:
 * DCEP messages and the one byte that stands for an empty message.
 */
final class QueuedBytes {
  private long queued;
  private long sent;

  /** Where our own bytes lie: starts and ends, counted from the channel's first byte. */
  private @Nullable ArrayDeque<Long> own;

  void queue(int bytes) {
    queued += bytes;
  }

  void queueOwn(int bytes) {
    if (own == null) {
      own = new ArrayDeque<>(2);
    }
    own.add(queued);
    queued += bytes;
    own.add(queued);
  }

  /** Messages leave in the order in which they were queued; gives the user's part of the bytes. */
  int send(int bytes) {
    long from = sent;
    sent += bytes;
    return bytes - ownBetween(from, sent);
  }

  private int ownBetween(long from, long to) {
    long overlap = 0;
    while (own != null) {
      long start = own.removeFirst();
      long end = own.removeFirst();
      overlap += Math.max(0, Math.min(end, to) - Math.max(start, from));
      if (end > to) {
        own.addFirst(end);
        own.addFirst(start);
        break;
      }
      own = own.isEmpty() ? null : own;
    }
    return (int) overlap;
  }

  boolean isAllSent() {
    return sent >= queued;
  }
}
