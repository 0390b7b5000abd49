package org.purertc.internal.media;

import org.purertc.internal.jsep.Codec;
import org.purertc.internal.rtp.PacketExtensions;

/**
 * An RTP packet on its way between the API and the streams.
 *
 * @param codec as the stream that it came in negotiated it
 * @param sequence unwrapped
 * @param timestamp unwrapped
 * @param rid empty without one
 * @param keyFrame whether a frame begins here that can be decoded without another
 * @param payload belongs to the packet, nobody changes it
 */
public record MediaPacket(
    Codec codec,
    long sequence,
    long timestamp,
    boolean marker,
    long ssrc,
    String rid,
    PacketExtensions said,
    boolean keyFrame,
    byte[] payload) {}
