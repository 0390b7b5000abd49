package org.purertc.internal.rtp.format;

/**
 * How tones are sent.
 *
 * @param gapNs the silence behind a tone
 * @param reportIntervalNs between the packets of a tone
 */
record ToneTiming(long durationNs, long gapNs, long reportIntervalNs) {}
