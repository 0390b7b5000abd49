package org.purertc.internal.rtp.cc;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs what is to happen in its order. */
final class VirtualTime {
  static final long MS = 1_000_000L;
  static final long SECOND = 1_000 * MS;

  private record Event(long atNs, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
  private long order;
  private long nowNs;

  long nowNs() {
    return nowNs;
  }

  void at(long atNs, Runnable action) {
    events.add(new Event(Math.max(atNs, nowNs), order++, action));
  }

  void after(long delayNs, Runnable action) {
    at(nowNs + delayNs, action);
  }

  void runUntil(long endNs) {
    for (Event next = events.peek(); next != null && next.atNs() <= endNs; next = events.peek()) {
      events.remove();
      nowNs = next.atNs();
      next.action().run();
    }
    nowNs = endNs;
  }
}
