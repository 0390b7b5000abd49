package org.purertc.samples.relay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams on their way, by the time they are due; those due at the same time in the order they
 * came. A binary heap of slots whose buffers are used again.
 */
final class DelayLine {
  private static final int FIRST_SLOTS = 64;
  private static final int LEAST_BUFFER_BYTES = 256;

  private final int maxPackets;
  private final long maxBytes;

  private @Nullable ByteBuffer[] buffers = new @Nullable ByteBuffer[FIRST_SLOTS];
  private long[] dueNs = new long[FIRST_SLOTS];
  private long[] order = new long[FIRST_SLOTS];

  /** The first {@code size} are the heap, the others the free slots. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;
  private long allocatedBytes;
  private long nextOrder;

  DelayLine(int maxPackets, long maxBytes) {
    this.maxPackets = maxPackets;
    this.maxBytes = maxBytes;
    Arrays.setAll(slots, i -> i);
  }

  int size() {
    return size;
  }

  /** Copies the datagram; its position stays. False when the line is full. */
  boolean add(ByteBuffer datagram, long due) {
    if (size == maxPackets) {
      return false;
    }
    if (size == slots.length) {
      grow();
    }
    int slot = slots[size];
    ByteBuffer buffer = buffer(slot, datagram.remaining());
    if (buffer == null) {
      return false;
    }
    buffer.clear();
    buffer.put(0, datagram, datagram.position(), datagram.remaining());
    buffer.limit(datagram.remaining());
    dueNs[slot] = due;
    order[slot] = nextOrder++;
    siftUp(size++);
    return true;
  }

  /** When the first is due, {@link Long#MAX_VALUE} when there is none. */
  long firstDueNs() {
    return size == 0 ? Long.MAX_VALUE : dueNs[slots[0]];
  }

  /** The first, valid until it is removed. */
  @Nullable ByteBuffer first() {
    return size == 0 ? null : buffers[slots[0]];
  }

  void removeFirst() {
    swap(0, --size);
    siftDown();
  }

  private @Nullable ByteBuffer buffer(int slot, int length) {
    ByteBuffer kept = buffers[slot];
    if (kept != null && kept.capacity() >= length) {
      return kept;
    }
    int bytes = LEAST_BUFFER_BYTES;
    while (bytes < length) {
      bytes *= 2;
    }
    int more = bytes - (kept == null ? 0 : kept.capacity());
    if (allocatedBytes + more > maxBytes) {
      return null;
    }
    allocatedBytes += more;
    ByteBuffer larger = ByteBuffer.allocate(bytes);
    buffers[slot] = larger;
    return larger;
  }

  private void grow() {
    int before = slots.length;
    int after = Math.min(maxPackets, before * 2);
    buffers = Arrays.copyOf(buffers, after);
    dueNs = Arrays.copyOf(dueNs, after);
    order = Arrays.copyOf(order, after);
    slots = Arrays.copyOf(slots, after);
    for (int i = before; i < after; i++) {
      slots[i] = i;
    }
  }

  private boolean before(int one, int other) {
    int first = slots[one];
    int second = slots[other];
    // Both by difference: times of nanoTime may overflow.
    long difference = dueNs[first] - dueNs[second];
    return difference == 0 ? order[first] < order[second] : difference < 0;
  }

  private void siftUp(int from) {
    int child = from;
    while (child > 0 && before(child, (child - 1) / 2)) {
      swap(child, (child - 1) / 2);
      child = (child - 1) / 2;
    }
  }

  private void siftDown() {
    int parent = 0;
    while (2 * parent + 1 < size) {
      int child = 2 * parent + 1;
      if (child + 1 < size && before(child + 1, child)) {
        child++;
      }
      if (!before(child, parent)) {
        return;
      }
      swap(child, parent);
      parent = child;
    }
  }

  private void swap(int one, int other) {
    int slot = slots[one];
    slots[one] = slots[other];
    slots[other] = slot;
  }
}
