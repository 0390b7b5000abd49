package org.purertc.internal.rtp.cc;

import java.util.Arrays;
import org.purertc.internal.rtp.rtcp.TransportFeedback;

/** Feedback as tests need it. */
final class Feedbacks {
  static final int LOST = Integer.MIN_VALUE;

  private Feedbacks() {}

  /**
   * @param arrivalsMs of the packets from {@code base} on, or {@link #LOST}
   */
  static TransportFeedback of(long base, int... arrivalsMs) {
    int[] offsets = new int[arrivalsMs.length];
    int[] deltas = new int[arrivalsMs.length];
    int count = 0;
    int reference = 0;
    int previous = 0;
    for (int i = 0; i < arrivalsMs.length; i++) {
      if (arrivalsMs[i] != LOST) {
        if (count == 0) {
          reference = Math.floorDiv(arrivalsMs[i], 64);
          previous = 64 * reference;
        }
        offsets[count] = i;
        deltas[count++] = 4 * (arrivalsMs[i] - previous);
        previous = arrivalsMs[i];
      }
    }
    return new TransportFeedback(
        1,
        2,
        (int) base & 0xffff,
        arrivalsMs.length,
        reference,
        0,
        Arrays.copyOf(offsets, count),
        Arrays.copyOf(deltas, count));
  }
}
