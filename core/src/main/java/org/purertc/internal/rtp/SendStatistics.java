package org.purertc.internal.rtp;

/**
 * What a stream has sent, in the terms of W3C's RTCOutboundRtpStreamStats: retransmissions count in
 * all numbers of packets and bytes.
 *
 * @param bytes of payload
 * @param headerBytes of headers and padding
 * @param totalSendDelayNs that packets waited for the pacer
 * @param lastPacketNs when the newest packet left
 */
public record SendStatistics(
    long packets,
    long bytes,
    long headerBytes,
    long retransmittedPackets,
    long retransmittedBytes,
    long frames,
    long totalSendDelayNs,
    long nacks,
    long pictureLossIndications,
    long fullIntraRequests,
    long senderReports,
    long lastPacketNs) {}
