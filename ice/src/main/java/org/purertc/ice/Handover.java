package org.purertc.ice;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/**
 * Datagrams on their way from the loop that read them to the loop whose sessions they belong to: a
 * ring with one writer and one reader. Its arrays are used again, and one task wakes the other loop
 * for a burst. What does not fit is lost as in a socket whose reader is slow, and counted.
 */
final class Handover {

  /** Some turns of the reading loop. */
  static final int SLOTS = 1_024;

  /** What a datagram of a usual path takes; longer ones get an array that is not kept. */
  private static final int USUAL_BYTES = 1_500;

  private static final byte[] NONE = {};

  private static final class Slot {
    private byte[] bytes = NONE;
    private int length;
    private @Nullable RoutedSession to;
    private @Nullable InetSocketAddress from;
  }

  private final Loop reader;
  private final Slot[] slots = new Slot[SLOTS];
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Runnable deliver = this::deliver;
  private int writeAt;
  private int readAt;
  private long lostDatagrams;

  /**
   * @param reader the loop that takes out
   */
  Handover(Loop reader) {
    this.reader = reader;
    for (int i = 0; i < SLOTS; i++) {
      slots[i] = new Slot();
    }
  }

  /** On the loop that read the datagram. */
  void add(RoutedSession to, byte[] buffer, int offset, int length, InetSocketAddress from) {
    if (waiting.get() == SLOTS) {
      lostDatagrams++;
      return;
    }
    Slot slot = slots[writeAt];
    if (slot.bytes.length < length) {
      slot.bytes = new byte[Math.max(length, USUAL_BYTES)];
    }
    System.arraycopy(buffer, offset, slot.bytes, 0, length);
    slot.length = length;
    slot.to = to;
    slot.from = from;
    writeAt = (writeAt + 1) % SLOTS;
    waiting.incrementAndGet();
    schedule();
  }

  long lostDatagrams() {
    return lostDatagrams;
  }

  /** On the other loop: what is there now; what comes meanwhile has the next task. */
  private void deliver() {
    scheduled.set(false);
    long nowNs = reader.nowNs();
    try {
      for (int left = waiting.get(); left > 0; left--) {
        deliverNext(nowNs);
      }
    } finally {
      // Some are left when one could not be stood: the others must not wait for the next.
      if (waiting.get() > 0) {
        schedule();
      }
    }
  }

  private void deliverNext(long nowNs) {
    Slot slot = slots[readAt];
    try {
      deliver(slot, nowNs);
    } finally {
      slot.to = null;
      slot.from = null;
      if (slot.bytes.length > USUAL_BYTES) {
        slot.bytes = NONE;
      }
      readAt = (readAt + 1) % SLOTS;
      waiting.decrementAndGet();
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      reader.execute(deliver);
    }
  }

  private static void deliver(Slot slot, long nowNs) {
    RoutedSession to = slot.to;
    InetSocketAddress from = slot.from;
    if (to != null && from != null) {
      to.receive(slot.bytes, 0, slot.length, from, nowNs);
    }
  }
}
