package org.purertc;

import org.jspecify.annotations.Nullable;

/**
 * Audio that the remote peer sent and that did not come in time: for the decoder to conceal.
 *
 * @param timestampUs when it would have been played, as in {@link EncodedFrame}
 * @param durationUs how long it would have played
 * @param next the frame directly behind it, which an Opus decoder may take what is missing from, in
 *     lower quality (in-band FEC, RFC 6716 section 2.1.7); it is delivered as a frame afterwards,
 *     too. Null when it is not there
 */
public record FrameGap(long timestampUs, long durationUs, @Nullable EncodedFrame next) {}
