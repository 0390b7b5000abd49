package org.purertc.ice;

/** Requests for a ufrag that nobody has cost us an answer: a flood of them gets few. */
final class RefusalLimit {

  static final int PER_SECOND = 20;
  private static final long WINDOW_NS = 1_000_000_000;

  private long windowEndNs = Long.MIN_VALUE;
  private int refused;

  /** Counts one more, unless it is too many. */
  boolean mayRefuse(long nowNs) {
    if (nowNs >= windowEndNs) {
      windowEndNs = nowNs + WINDOW_NS;
      refused = 0;
    }
    if (refused == PER_SECOND) {
      return false;
    }
    refused++;
    return true;
  }
}
