package org.purertc.ice.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines in a binary heap whose entries know their place, so that moving or cancelling one costs
 * a few swaps and no garbage. Entries with the same deadline come out in the order in which they
 * were scheduled.
 */
final class TimerQueue {

  private static final int INITIAL_CAPACITY = 16;
  private static final int NOT_QUEUED = -1;

  /** One deadline; it is in the queue at most once. */
  static class Entry {
    private int index = NOT_QUEUED;
    private long deadlineNs;
    private long sequence;

    final boolean isQueued() {
      return index != NOT_QUEUED;
    }

    private boolean isBefore(Entry other) {
      return deadlineNs != other.deadlineNs
          ? deadlineNs < other.deadlineNs
          : sequence < other.sequence;
    }
  }

  private @Nullable Entry[] heap = new @Nullable Entry[INITIAL_CAPACITY];
  private int size;
  private long nextSequence;

  int size() {
    return size;
  }

  /** The earliest deadline, or {@link Loop#NEVER}. */
  long nextDeadlineNs() {
    return size == 0 ? Loop.NEVER : at(0).deadlineNs;
  }

  /** Puts the entry in or moves it; {@link Loop#NEVER} takes it out. */
  void schedule(Entry entry, long deadlineNs) {
    if (deadlineNs == Loop.NEVER) {
      cancel(entry);
      return;
    }
    entry.deadlineNs = deadlineNs;
    entry.sequence = nextSequence++;
    if (!entry.isQueued()) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      entry.index = size++;
      siftUp(entry);
    } else {
      siftUp(entry);
      siftDown(entry);
    }
  }

  void cancel(Entry entry) {
    if (!entry.isQueued()) {
      return;
    }
    int hole = entry.index;
    entry.index = NOT_QUEUED;
    Entry last = at(--size);
    heap[size] = null;
    if (last != entry) {
      last.index = hole;
      siftUp(last);
      siftDown(last);
    }
  }

  /** Takes out the earliest entry whose deadline has come, or returns null. */
  @Nullable Entry pollDue(long nowNs) {
    if (size == 0) {
      return null;
    }
    Entry first = at(0);
    if (first.deadlineNs > nowNs) {
      return null;
    }
    cancel(first);
    return first;
  }

  private void siftUp(Entry entry) {
    int index = entry.index;
    while (index > 0) {
      int parent = (index - 1) >>> 1;
      Entry above = at(parent);
      if (!entry.isBefore(above)) {
        break;
      }
      put(index, above);
      index = parent;
    }
    put(index, entry);
  }

  private void siftDown(Entry entry) {
    int index = entry.index;
    for (int child = 2 * index + 1; child < size; child = 2 * index + 1) {
      if (child + 1 < size && at(child + 1).isBefore(at(child))) {
        child++;
      }
      Entry below = at(child);
      if (!below.isBefore(entry)) {
        break;
      }
      put(index, below);
      index = child;
    }
    put(index, entry);
  }

  private void put(int index, Entry entry) {
    heap[index] = entry;
    entry.index = index;
  }

  private Entry at(int index) {
    Entry entry = heap[index];
    if (entry == null) {
      throw new AssertionError("timer heap has a hole at " + index + " of " + size);
    }
    return entry;
  }
}
