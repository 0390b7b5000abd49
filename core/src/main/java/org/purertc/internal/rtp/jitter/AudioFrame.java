package org.purertc.internal.rtp.jitter;

/**
 * An encoded audio frame at its time.
 *
 * @param data the payload; belongs to who receives it
 * @param timestamp unwrapped, in units of the codec's clock
 * @param durationTicks in the same units
 * @param sequence number, unwrapped
 * @param marker of the first frame after silence, RFC 3551 section 4.1
 */
public record AudioFrame(
    byte[] data,
    long timestamp,
    int durationTicks,
    long sequence,
    boolean marker,
    int payloadType,
    long arrivalNs) {}
