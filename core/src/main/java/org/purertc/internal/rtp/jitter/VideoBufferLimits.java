package org.purertc.internal.rtp.jitter;

/**
 * How long a {@link VideoFrameBuffer} waits.
 *
 * @param retransmissionWaitNs for a missing packet, from when its absence showed; then what needs
 *     it is dropped and a key frame asked for; on long paths {@link #retransmissionWaitNs(long)}
 * @param skipWaitNs for a missing packet that may only be late: when a later frame is complete that
 *     does not need it, or when none is sent again
 * @param keyFrameRequestIntervalNs between two requests for the same key frame
 */
public record VideoBufferLimits(
    long retransmissionWaitNs, long skipWaitNs, long keyFrameRequestIntervalNs) {
  private static final long MILLISECOND_NS = 1_000_000;

  /** Where a tenth is lost in either direction, the first five all fail for one loss of 4,000. */
  private static final int ROUNDS = 6;

  /** What a round takes beyond the round trip: the pacer, and the turns of both ends. */
  private static final long ANSWER_NS = 10 * MILLISECOND_NS;

  private static final long MOST_WAIT_NS = 2_000 * MILLISECOND_NS;

  /** Several rounds of retransmission on most paths, and no freeze that one would leave. */
  public static final VideoBufferLimits DEFAULT =
      new VideoBufferLimits(500 * MILLISECOND_NS, 100 * MILLISECOND_NS, 300 * MILLISECOND_NS);

  public VideoBufferLimits {
    if (skipWaitNs < 0 || retransmissionWaitNs < skipWaitNs || keyFrameRequestIntervalNs <= 0) {
      throw new IllegalArgumentException(
          "waits " + retransmissionWaitNs + ", " + skipWaitNs + ", " + keyFrameRequestIntervalNs);
    }
  }

  /** For a missing packet that, if it is lost, {@code isSentAgain} or is not. */
  long missingWaitNs(boolean isSentAgain, long roundTripNs) {
    return isSentAgain ? retransmissionWaitNs(roundTripNs) : skipWaitNs;
  }

  /** With a round trip that long: a key frame takes one, too, and loses more packets than one. */
  private long retransmissionWaitNs(long roundTripNs) {
    long roundsNs = ROUNDS * (Math.min(roundTripNs, MOST_WAIT_NS) + ANSWER_NS);
    return Math.max(retransmissionWaitNs, Math.min(roundsNs, MOST_WAIT_NS));
  }
}
