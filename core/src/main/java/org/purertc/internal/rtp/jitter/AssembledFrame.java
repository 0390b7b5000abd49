package org.purertc.internal.rtp.jitter;

/**
 * A whole encoded video frame whose references came before it.
 *
 * @param data as a decoder takes it; belongs to who receives it
 * @param timestamp unwrapped, in units of the codec's clock
 * @param packets it was joined from, without padding between them
 * @param firstArrivalNs when the first of its packets came
 * @param completeNs when the last of its packets came
 */
public record AssembledFrame(
    byte[] data,
    long timestamp,
    boolean keyFrame,
    long firstSequence,
    long lastSequence,
    int payloadType,
    int packets,
    long firstArrivalNs,
    long completeNs) {}
