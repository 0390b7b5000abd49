package org.purertc.internal.rtp;

/**
 * How far a path reorders packets: a gap is asked for only when more packets than that have come
 * behind it.
 */
final class ReorderTolerance {
  private static final int MAX_PACKETS = 32;

  /** After so many packets in order the tolerance shrinks. */
  private static final int PATIENCE = 500;

  private int packets;
  private int inOrder;

  /** 0 on a path that does not reorder. */
  int packets() {
    return packets;
  }

  void onInOrder() {
    if (packets > 0 && ++inOrder >= PATIENCE) {
      inOrder = 0;
      packets /= 2;
    }
  }

  /** A packet came late that nobody had asked for, or before it could be answered. */
  void onReordered(long distance) {
    if (distance >= packets) {
      packets = (int) Math.min(distance, MAX_PACKETS);
    }
    inOrder = 0;
  }
}
