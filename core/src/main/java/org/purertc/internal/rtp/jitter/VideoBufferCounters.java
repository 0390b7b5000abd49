package org.purertc.internal.rtp.jitter;

/**
 * What happened so far, in the words of W3C's inbound-rtp statistics where they have one.
 *
 * @param framesReceived frames of which all packets came
 * @param framesReleased and emitted: {@code jitterBufferEmittedCount}
 * @param keyFramesReleased of them
 * @param framesDropped that were whole, but needed a frame that was not
 * @param packetsDiscarded duplicates, and what came too late, was malformed or found no room
 * @param keyFrameRequests how often a key frame was asked for
 * @param flushes how often everything was dropped, for want of room or since the sender began anew
 * @param jitterBufferDelayNs from a frame's first packet to its release, over all that were
 * @param jitterBufferTargetDelayNs the delay that was asked for, over all that were released
 * @param freezeCount how often a frame came so late that the picture stood
 * @param totalFreezesDurationNs how long it stood
 * @param framesAssembledFromMultiplePackets of the released ones, those that came in several
 * @param totalAssemblyTimeNs of these, from the first packet to the last
 */
public record VideoBufferCounters(
    long framesReceived,
    long framesReleased,
    long keyFramesReleased,
    long framesDropped,
    long packetsDiscarded,
    long keyFrameRequests,
    long flushes,
    long jitterBufferDelayNs,
    long jitterBufferTargetDelayNs,
    long freezeCount,
    long totalFreezesDurationNs,
    long framesAssembledFromMultiplePackets,
    long totalAssemblyTimeNs) {}
