package org.purertc.internal.rtp.jitter;

/**
 * What happened so far, in the words of W3C's inbound-rtp statistics. Samples are ticks of the RTP
 * clock; delays are summed over samples.
 *
 * @param jitterBufferDelayNs time in the buffer
 * @param jitterBufferTargetDelayNs the delay that was aimed at
 * @param jitterBufferMinimumDelayNs what the network alone would have asked for
 * @param jitterBufferEmittedCount samples released
 * @param concealedSamples missing when they were due: lost or late
 * @param concealmentEvents how many times that began
 * @param insertedSamplesForDeceleration time by which frames were released later than one another
 * @param removedSamplesForAcceleration time by which they were released earlier
 * @param framesReleased each from one packet
 * @param packetsLost given up; some may have come later
 * @param packetsDiscarded duplicates, and what came too late or found no room
 * @param restarts how often timestamps or sequence numbers began anew
 */
public record AudioBufferCounters(
    double jitterBufferDelayNs,
    double jitterBufferTargetDelayNs,
    double jitterBufferMinimumDelayNs,
    long jitterBufferEmittedCount,
    long concealedSamples,
    long concealmentEvents,
    long insertedSamplesForDeceleration,
    long removedSamplesForAcceleration,
    long framesReleased,
    long packetsLost,
    long packetsDiscarded,
    long restarts) {

  /** Before anything happened. */
  public static final AudioBufferCounters NONE =
      new AudioBufferCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of two buffers that had the same stream one after the other. */
  public AudioBufferCounters plus(AudioBufferCounters next) {
    return new AudioBufferCounters(
        jitterBufferDelayNs + next.jitterBufferDelayNs,
        jitterBufferTargetDelayNs + next.jitterBufferTargetDelayNs,
        jitterBufferMinimumDelayNs + next.jitterBufferMinimumDelayNs,
        jitterBufferEmittedCount + next.jitterBufferEmittedCount,
        concealedSamples + next.concealedSamples,
        concealmentEvents + next.concealmentEvents,
        insertedSamplesForDeceleration + next.insertedSamplesForDeceleration,
        removedSamplesForAcceleration + next.removedSamplesForAcceleration,
        framesReleased + next.framesReleased,
        packetsLost + next.packetsLost,
        packetsDiscarded + next.packetsDiscarded,
        restarts + next.restarts);
  }
}
