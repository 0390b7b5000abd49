package org.purertc.internal.sctp.rx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.sctp.packet.DataChunk;

/** Fragments of messages that are not whole yet, in the order of their TSNs. */
final class FragmentStore {
  private static final int INITIAL_CAPACITY = 4;

  private @Nullable Fragments[] runs = new Fragments[INITIAL_CAPACITY];
  private int count;

  /** What a chunk became part of. */
  Fragments add(DataChunk chunk, long tsn) {
    int above = firstAbove(tsn);
    Fragments run;
    if (above > 0 && get(above - 1).isContinuedBy(chunk, tsn)) {
      run = get(above - 1);
      run.append(chunk);
    } else {
      run = new Fragments(chunk, tsn);
      insertAt(above++, run);
    }
    if (above < count && run.isContinuedBy(get(above))) {
      run.append(get(above));
      removeAt(above, 1);
    }
    return run;
  }

  void remove(Fragments run) {
    removeAt(firstAbove(run.firstTsn()) - 1, 1);
  }

  /** The fragments with the highest TSNs, or null. */
  @Nullable Fragments last() {
    return count == 0 ? null : get(count - 1);
  }

  /** Removes what begins at this TSN or before, and its bytes from the window. */
  void removeThrough(long tsn, ReceiveWindow window) {
    int removed = firstAbove(tsn);
    for (int i = 0; i < removed; i++) {
      window.release(get(i).bytes(), get(i).count());
    }
    removeAt(0, removed);
  }

  void clear() {
    Arrays.fill(runs, 0, count, null);
    count = 0;
  }

  private int firstAbove(long tsn) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = low + high >>> 1;
      if (get(middle).firstTsn() > tsn) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Fragments get(int index) {
    Fragments run = runs[index];
    if (run == null) {
      throw new IllegalStateException("no fragments at " + index + " of " + count);
    }
    return run;
  }

  private void insertAt(int index, Fragments run) {
    if (count == runs.length) {
      runs = Arrays.copyOf(runs, 2 * count);
    }
    System.arraycopy(runs, index, runs, index + 1, count - index);
    runs[index] = run;
    count++;
  }

  private void removeAt(int index, int removed) {
    System.arraycopy(runs, index + removed, runs, index, count - index - removed);
    Arrays.fill(runs, count - removed, count, null);
    count -= removed;
  }
}
