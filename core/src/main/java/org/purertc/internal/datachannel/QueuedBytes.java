package org.purertc.internal.datachannel;

/**
 * The messages of one channel that have not been sent whole, as lengths: tells the user's bytes
 * from our own, which are DCEP messages and the one byte that stands for an empty message.
 */
final class QueuedBytes {
  private static final int INITIAL_CAPACITY = 8;
  private static final int KEPT_CAPACITY = 1024;

  /** A DCEP message, which is no message of the user's. */
  private static final int DCEP = 1 << 30;

  /** The byte of an empty message. */
  private static final int EMPTY = 1 << 29;

  private static final int LENGTH = EMPTY - 1;

  /** A ring of lengths with their flags; its capacity is a power of two. */
  private int[] ring = new int[INITIAL_CAPACITY];

  private int head;
  private int count;
  private int sentOfHead;

  /** What one step of sending made of the user's messages. */
  record Sent(int bytes, int messages) {}

  void queue(int bytes) {
    add(bytes);
  }

  /** One byte in place of none. */
  void queueEmpty() {
    add(1 | EMPTY);
  }

  void queueDcep(int bytes) {
    add(bytes | DCEP);
  }

  private void add(int entry) {
    if (count == ring.length) {
      resize(2 * count);
    }
    ring[(head + count++) & (ring.length - 1)] = entry;
  }

  /** Messages leave in the order in which they were queued; gives the user's part of it. */
  Sent send(int bytes) {
    int left = bytes;
    int userBytes = 0;
    int userMessages = 0;
    while (count > 0 && left > 0) {
      int entry = ring[head];
      int part = Math.min(left, (entry & LENGTH) - sentOfHead);
      left -= part;
      sentOfHead += part;
      if ((entry & (DCEP | EMPTY)) == 0) {
        userBytes += part;
      }
      if (sentOfHead == (entry & LENGTH)) {
        removeHead();
        userMessages += (entry & DCEP) == 0 ? 1 : 0;
      }
    }
    return new Sent(userBytes, userMessages);
  }

  private void removeHead() {
    head = (head + 1) & (ring.length - 1);
    count--;
    sentOfHead = 0;
    if (count == 0 && ring.length > KEPT_CAPACITY) {
      resize(INITIAL_CAPACITY);
    }
  }

  private void resize(int capacity) {
    int[] resized = new int[capacity];
    for (int i = 0; i < count; i++) {
      resized[i] = ring[(head + i) & (ring.length - 1)];
    }
    ring = resized;
    head = 0;
  }

  boolean isAllSent() {
    return count == 0;
  }
}
