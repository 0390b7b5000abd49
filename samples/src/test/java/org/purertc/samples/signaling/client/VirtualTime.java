package org.purertc.samples.signaling.client;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A clock that stands still while something happens. */
final class VirtualTime {
  private record Event(long atNs, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::order));
  private long nowNs;
  private long order;

  long nowNs() {
    return nowNs;
  }

  void after(long delayNs, Runnable action) {
    events.add(new Event(nowNs + delayNs, order++, action));
  }

  void afterMs(long delayMs, Runnable action) {
    after(TimeUnit.MILLISECONDS.toNanos(delayMs), action);
  }

  /** Lets {@code seconds} pass. */
  void pass(long seconds) {
    long endNs = nowNs + TimeUnit.SECONDS.toNanos(seconds);
    while (!events.isEmpty() && events.peek().atNs() <= endNs) {
      Event next = events.poll();
      nowNs = next.atNs();
      next.action().run();
    }
    nowNs = endNs;
  }
}
