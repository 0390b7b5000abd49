package org.purertc.internal.rtp.jitter;

import org.jspecify.annotations.Nullable;

/**
 * Audio that was sent and did not come in time: for the decoder to conceal.
 *
 * @param sequence the first number that is missing, unwrapped
 * @param packets how many are missing here
 * @param timestamp where it begins
 * @param durationTicks how long it is
 * @param next the packet directly behind, which may hold a copy of worse quality (Opus' in-band
 *     FEC) of what is missing; null when it is not there. It is given as a frame later too
 */
public record AudioGap(
    long sequence,
    long packets,
    long timestamp,
    long durationTicks,
    @Nullable BufferedPacket next) {}
