package org.purertc.internal.rtp;

/**
 * What the remote's sender reports say of a stream, in the terms of W3C's
 * RTCRemoteOutboundRtpStreamStats.
 *
 * @param reports so far; without one the rest means nothing
 * @param packets 32 bits
 * @param bytes of payload, 32 bits
 * @param remoteNtpTime of the newest report, 64 bits
 * @param lastReportNs when it came
 * @param roundTripNs measured last, RFC 3611 section 4.5; -1 when it never was
 * @param totalRoundTripNs of all measurements
 */
public record RemoteSendStatistics(
    long reports,
    long packets,
    long bytes,
    long remoteNtpTime,
    long lastReportNs,
    long roundTripNs,
    long totalRoundTripNs,
    long roundTripMeasurements) {}
