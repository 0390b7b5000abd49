package org.purertc.internal.rtp.format;

/**
 * A telephone event that a peer plays: told once when it begins and once when it has ended.
 *
 * @param code 0 to 15 for DTMF, see {@link TelephoneEvent#toneOf}
 * @param volume 0 to 63, in dBm0 below zero
 * @param durationTicks as far as reported, in ticks of the RTP clock
 */
public record ReceivedTone(int code, int volume, long durationTicks, boolean ended) {}
