package org.purertc.internal.rtp.jitter;

import java.util.ArrayDeque;

/**
 * How much later than the quickest of the last packets each came. An offset is an arrival less its
 * timestamp, in ns; only differences of offsets mean something.
 */
final class ArrivalHistory {
  /** Long enough to see a quick packet, short enough for clocks that drift. */
  private static final long WINDOW_NS = 2_000_000_000;

  private record Arrival(long offsetNs, long arrivalNs) {}

  /** Offsets ascend: each is the lowest of those that came at its time or later. */
  private final ArrayDeque<Arrival> lowest = new ArrayDeque<>();

  void clear() {
    lowest.clear();
  }

  boolean isEmpty() {
    return lowest.isEmpty();
  }

  /** Adds a packet; the newest always stays. */
  void add(long offsetNs, long arrivalNs) {
    removeBefore(arrivalNs - WINDOW_NS);
    while (true) {
      Arrival last = lowest.peekLast();
      if (last == null || last.offsetNs < offsetNs) {
        break;
      }
      lowest.removeLast();
    }
    lowest.addLast(new Arrival(offsetNs, arrivalNs));
  }

  /** Of a history that is not empty. */
  long lowestOffsetNs() {
    return lowest.getFirst().offsetNs;
  }

  private void removeBefore(long limitNs) {
    while (true) {
      Arrival first = lowest.peekFirst();
      if (first == null || first.arrivalNs >= limitNs) {
        return;
      }
      lowest.removeFirst();
    }
  }
}
