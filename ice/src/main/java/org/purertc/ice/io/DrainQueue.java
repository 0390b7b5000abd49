package org.purertc.ice.io;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The drains of a turn in the order in which they were asked for, each once. A hash table on
 * identity beside a list: asking again costs one probe and no garbage.
 */
final class DrainQueue {

  private static final int INITIAL_CAPACITY = 16;

  private Loop.@Nullable Drain[] table = new Loop.@Nullable Drain[2 * INITIAL_CAPACITY];
  private Loop.@Nullable Drain[] order = new Loop.@Nullable Drain[INITIAL_CAPACITY];
  private int[] slots = new int[INITIAL_CAPACITY];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  private Loop.Drain get(int index) {
    Loop.Drain drain = order[index];
    if (drain == null) {
      throw new IndexOutOfBoundsException("drain " + index + " of " + size);
    }
    return drain;
  }

  /** Appends the drain unless it is in already. */
  void add(Loop.Drain drain) {
    int slot = slotOf(drain);
    if (table[slot] != null) {
      return;
    }
    if (size == order.length) {
      grow();
      slot = slotOf(drain);
    }
    table[slot] = drain;
    order[size] = drain;
    slots[size] = slot;
    size++;
  }

  /** Calls each and forgets all. */
  void drainAll(long nowNs, FailureLog failures) {
    for (int i = 0; i < size; i++) {
      try {
        get(i).drain(nowNs);
      } catch (Throwable failure) {
        failures.report("a drain", failure, nowNs);
      }
    }
    clear();
  }

  private void clear() {
    for (int i = 0; i < size; i++) {
      table[slots[i]] = null;
      order[i] = null;
    }
    size = 0;
  }

  /** Where the drain is or belongs; the table is never more than half full. */
  private int slotOf(Loop.Drain drain) {
    int mask = table.length - 1;
    int hash = System.identityHashCode(drain);
    int slot = (hash ^ (hash >>> 16)) & mask;
    while (table[slot] != null && table[slot] != drain) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    order = Arrays.copyOf(order, 2 * size);
    slots = Arrays.copyOf(slots, 2 * size);
    table = new Loop.@Nullable Drain[4 * size];
    for (int i = 0; i < size; i++) {
      Loop.Drain drain = get(i);
      slots[i] = slotOf(drain);
      table[slots[i]] = drain;
    }
  }
}
