package org.purertc.internal.media;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.rtp.jitter.AudioBufferCounters;
import org.purertc.internal.rtp.jitter.VideoBufferCounters;

/**
 * What W3C's inbound-rtp statistics say of frames and their buffer.
 *
 * @param payloadType of the newest frame; -1 before one
 * @param packetsDiscarded by the buffer
 * @param audio null for video
 * @param video null for audio
 */
record ReceptionFigures(
    int payloadType,
    long packetsDiscarded,
    @Nullable AudioBufferCounters audio,
    @Nullable VideoBufferCounters video) {}
