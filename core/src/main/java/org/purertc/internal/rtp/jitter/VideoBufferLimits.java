package org.purertc.internal.rtp.jitter;

/**
 * How long a {@link VideoFrameBuffer} waits.
 *
 * @param retransmissionWaitNs for a missing packet, from when its absence showed; then what needs
 *     it is dropped and a key frame asked for
 * @param skipWaitNs for a missing packet, when a later frame is complete that does not need it
 * @param keyFrameRequestIntervalNs between two requests for the same key frame
 */
public record VideoBufferLimits(
    long retransmissionWaitNs, long skipWaitNs, long keyFrameRequestIntervalNs) {
  private static final long MILLISECOND_NS = 1_000_000;

  /** Several rounds of retransmission on most paths, and no freeze that one would leave. */
  public static final VideoBufferLimits DEFAULT =
      new VideoBufferLimits(500 * MILLISECOND_NS, 100 * MILLISECOND_NS, 300 * MILLISECOND_NS);

  public VideoBufferLimits {
    if (skipWaitNs < 0 || retransmissionWaitNs < skipWaitNs || keyFrameRequestIntervalNs <= 0) {
      throw new IllegalArgumentException(
          "waits " + retransmissionWaitNs + ", " + skipWaitNs + ", " + keyFrameRequestIntervalNs);
    }
  }
}
