package org.purertc.internal.media;

/**
 * An encoded frame on its way between the API and the streams.
 *
 * @param mimeType {@code video/VP8}, …
 * @param data belongs to the frame, nobody changes it
 * @param timestampUs in microseconds from any start
 * @param durationUs 0 when unknown
 */
public record MediaFrame(
    String mimeType, byte[] data, long timestampUs, long durationUs, boolean keyFrame) {}
