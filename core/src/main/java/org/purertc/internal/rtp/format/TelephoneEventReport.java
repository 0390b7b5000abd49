package org.purertc.internal.rtp.format;

/**
 * A packet to be sent. Its RTP timestamp is that of the stream's clock at {@code toneStartNs} plus
 * {@code timestampOffset}: the same for all packets of a segment.
 *
 * @param marker RTP's marker bit: the event's first packet
 */
public record TelephoneEventReport(
    long toneStartNs, long timestampOffset, boolean marker, TelephoneEvent event) {}
