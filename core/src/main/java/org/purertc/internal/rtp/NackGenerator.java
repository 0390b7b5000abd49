package org.purertc.internal.rtp;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.SerialNumber;
import org.purertc.internal.util.Timer;

/**
 * Which packets of a stream are missing and when to ask for them, RFC 4585 section 6.2.1: at once
 * when there is a gap, as far as the path does not reorder, and again each round trip.
 */
final class NackGenerator {
  /** More than that nobody fills in time: a key frame is cheaper. */
  static final int MAX_MISSING = 1_000;

  static final int MAX_TRIES = 10;

  private static final long MAX_AGE_NS = 3_000_000_000L;

  /** Longest wait for a packet that may have been reordered. */
  private static final long MAX_REORDER_WAIT_NS = 20_000_000L;

  /** What an answer needs beyond the round trip: the pacer, and the turns of both ends. */
  private static final long ANSWER_NS = 5_000_000L;

  private static final long INITIAL_ROUND_TRIP_NS = 100_000_000L;

  private static final class Missing {
    final long sequence;
    final long sinceNs;
    long dueNs;
    int tries;

    Missing(long sequence, long sinceNs, long dueNs) {
      this.sequence = sequence;
      this.sinceNs = sinceNs;
      this.dueNs = dueNs;
    }
  }

  /** In the order of their numbers. */
  private final List<Missing> missing = new ArrayList<>();

  private final ReorderTolerance tolerance = new ReorderTolerance();
  private long roundTripNs = INITIAL_ROUND_TRIP_NS;
  private boolean started;
  private long highest;

  /** Not later than the first request that is due. */
  private long earliestNs = Timer.NEVER;

  private boolean overflowed;

  void setRoundTrip(long roundTripNs) {
    this.roundTripNs = roundTripNs;
  }

  /** A packet of the stream itself that was not seen before. */
  void onPacket(long sequence, long nowNs) {
    if (!started || sequence > highest) {
      onInOrder(sequence, nowNs);
      return;
    }
    int at = indexOf(sequence);
    if (at < missing.size() && missing.get(at).sequence == sequence) {
      Missing late = missing.remove(at);
      // Too early for an answer: the request went out in vain.
      if (late.tries == 0 || nowNs - late.sinceNs < roundTripNs / 2) {
        tolerance.onReordered(highest - sequence);
      }
    }
  }

  private void onInOrder(long sequence, long nowNs) {
    if (started && sequence - highest > MAX_MISSING) {
      overflow();
    } else if (started) {
      addGap(sequence, nowNs);
    }
    started = true;
    highest = sequence;
    tolerance.onInOrder();
  }

  private void addGap(long end, long nowNs) {
    long waitNs = tolerance.packets() == 0 ? 0 : MAX_REORDER_WAIT_NS;
    for (long sequence = highest + 1; sequence < end; sequence++) {
      missing.add(new Missing(sequence, nowNs, nowNs + waitNs));
      earliestNs = Math.min(earliestNs, nowNs + waitNs);
    }
    if (missing.size() > MAX_MISSING) {
      overflow();
      return;
    }
    // Later gaps wait, too: the first that still waits tells whether one is due.
    for (int i = missing.size() - 1; i >= 0 && tolerance.packets() > 0; i--) {
      Missing candidate = missing.get(i);
      if (candidate.tries == 0 && end - candidate.sequence > tolerance.packets()) {
        candidate.dueNs = Math.min(candidate.dueNs, nowNs);
        earliestNs = Math.min(earliestNs, nowNs);
      }
    }
  }

  private void overflow() {
    missing.clear();
    overflowed = true;
  }

  /** A packet that came as a retransmission. */
  void onRecovered(long sequence) {
    int at = indexOf(sequence);
    if (at < missing.size() && missing.get(at).sequence == sequence) {
      missing.remove(at);
    }
  }

  /** Packets up to this one are of no more use. */
  void discardUpTo(long sequence) {
    int end = indexOf(sequence + 1);
    missing.subList(0, end).clear();
  }

  void restart() {
    missing.clear();
    started = false;
  }

  /** Index of the first that is not below. */
  private int indexOf(long sequence) {
    int low = 0;
    int high = missing.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (missing.get(middle).sequence < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  boolean isMissing(long sequence) {
    int at = indexOf(sequence);
    return at < missing.size() && missing.get(at).sequence == sequence;
  }

  int missingCount() {
    return missing.size();
  }

  /** Whether too much was lost since the last call, so that only a key frame helps. */
  boolean takeOverflow() {
    boolean was = overflowed;
    overflowed = false;
    return was;
  }

  long nextDeadlineNs() {
    return missing.isEmpty() ? Timer.NEVER : earliestNs;
  }

  /** The numbers to ask for now, 16 bits each, ascending. */
  int[] takeDue(long nowNs) {
    missing.removeIf(
        packet ->
            packet.dueNs <= nowNs
                && (packet.tries == MAX_TRIES || nowNs - packet.sinceNs > MAX_AGE_NS));
    int[] due = new int[(int) missing.stream().filter(packet -> packet.dueNs <= nowNs).count()];
    int count = 0;
    earliestNs = Timer.NEVER;
    for (Missing packet : missing) {
      if (packet.dueNs <= nowNs) {
        packet.tries++;
        packet.dueNs = nowNs + roundTripNs + ANSWER_NS;
        due[count++] = SerialNumber.wrap16(packet.sequence);
      }
      earliestNs = Math.min(earliestNs, packet.dueNs);
    }
    return due;
  }
}
