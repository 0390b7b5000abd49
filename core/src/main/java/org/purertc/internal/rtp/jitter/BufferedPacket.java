package org.purertc.internal.rtp.jitter;

/**
 * A received RTP packet as buffers keep it.
 *
 * @param sequence number, unwrapped
 * @param timestamp unwrapped, in units of the codec's clock
 * @param payload without padding; belongs to the buffer
 * @param arrivalNs when it came, or when its retransmission came
 */
public record BufferedPacket(
    long sequence,
    long timestamp,
    boolean marker,
    int payloadType,
    byte[] payload,
    long arrivalNs) {}
