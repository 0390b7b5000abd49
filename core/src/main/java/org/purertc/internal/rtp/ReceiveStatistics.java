package org.purertc.internal.rtp;

/**
 * What a stream has received, in the terms of W3C's RTCInboundRtpStreamStats: retransmissions count
 * in all numbers of packets and bytes.
 *
 * @param bytes of payload
 * @param headerBytes of headers and padding
 * @param packetsLost RFC 3550: retransmissions do not make up for it
 * @param duplicatePackets that came before
 * @param discardedPackets with an unknown payload type or a number far off
 * @param lastPacketNs when the newest packet came; meaningless without one
 */
public record ReceiveStatistics(
    long packets,
    long bytes,
    long headerBytes,
    long retransmittedPackets,
    long retransmittedBytes,
    long packetsLost,
    double jitterSeconds,
    long duplicatePackets,
    long discardedPackets,
    long nacks,
    long pictureLossIndications,
    long fullIntraRequests,
    long lastPacketNs) {}
