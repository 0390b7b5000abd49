package org.purertc.internal.sctp.rx;

import java.util.Arrays;

/** Disjoint ranges of TSNs that do not touch each other, in order. */
final class TsnRanges {
  private static final int INITIAL_CAPACITY = 4;

  private long[] firsts = new long[INITIAL_CAPACITY];
  private long[] lasts = new long[INITIAL_CAPACITY];
  private int count;

  int count() {
    return count;
  }

  long first(int index) {
    return firsts[index];
  }

  long last(int index) {
    return lasts[index];
  }

  boolean contains(long tsn) {
    int index = atOrAbove(tsn);
    return index < count && firsts[index] <= tsn;
  }

  /** Whether adding this TSN makes one range more. */
  boolean isApart(long tsn) {
    int index = atOrAbove(tsn - 1);
    return index == count || firsts[index] > tsn + 1;
  }

  /** Adds a TSN that is not contained. */
  void add(long tsn) {
    int index = atOrAbove(tsn - 1);
    boolean joinsBefore = index < count && lasts[index] == tsn - 1;
    int after = joinsBefore ? index + 1 : index;
    boolean joinsAfter = after < count && firsts[after] == tsn + 1;
    if (joinsBefore && joinsAfter) {
      lasts[index] = lasts[after];
      removeAt(after, 1);
    } else if (joinsBefore) {
      lasts[index] = tsn;
    } else if (joinsAfter) {
      firsts[after] = tsn;
    } else {
      insertAt(index, tsn, tsn);
    }
  }

  /** Removes what lies between, both ends included. */
  void remove(long first, long last) {
    int index = atOrAbove(first);
    while (index < count && firsts[index] <= last) {
      long keptBefore = firsts[index];
      long keptAfter = lasts[index];
      removeAt(index, 1);
      if (keptBefore < first) {
        insertAt(index++, keptBefore, first - 1);
      }
      if (keptAfter > last) {
        insertAt(index++, last + 1, keptAfter);
      }
    }
  }

  void removeFirst() {
    removeAt(0, 1);
  }

  /** Removes everything up to this TSN. */
  void removeThrough(long tsn) {
    int index = atOrAbove(tsn + 1);
    removeAt(0, index);
    if (count > 0 && firsts[0] <= tsn) {
      firsts[0] = tsn + 1;
    }
  }

  void clear() {
    count = 0;
  }

  /** The first range that ends at this TSN or later. */
  private int atOrAbove(long tsn) {
    int index = Arrays.binarySearch(lasts, 0, count, tsn);
    return index >= 0 ? index : -index - 1;
  }

  private void insertAt(int index, long first, long last) {
    if (count == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * count);
      lasts = Arrays.copyOf(lasts, 2 * count);
    }
    System.arraycopy(firsts, index, firsts, index + 1, count - index);
    System.arraycopy(lasts, index, lasts, index + 1, count - index);
    firsts[index] = first;
    lasts[index] = last;
    count++;
  }

  private void removeAt(int index, int removed) {
    int rest = count - index - removed;
    System.arraycopy(firsts, index + removed, firsts, index, rest);
    System.arraycopy(lasts, index + removed, lasts, index, rest);
    count -= removed;
  }
}
