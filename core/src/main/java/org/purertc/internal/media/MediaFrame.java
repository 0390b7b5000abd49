package org.purertc.internal.media;

import org.purertc.internal.rtp.PacketExtensions;

/**
 * An encoded frame on its way between the API and the streams.
 *
 * @param mimeType {@code video/VP8}, …
 * @param data belongs to the frame, nobody changes it
 * @param timestampUs in microseconds from any start
 * @param durationUs 0 when unknown
 * @param said in header extensions, the time of capture on our wall clock
 */
public record MediaFrame(
    String mimeType,
    byte[] data,
    long timestampUs,
    long durationUs,
    boolean keyFrame,
    PacketExtensions said) {}
