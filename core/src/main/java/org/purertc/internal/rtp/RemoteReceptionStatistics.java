package org.purertc.internal.rtp;

/**
 * How the remote receives a stream of ours, in the terms of W3C's RTCRemoteInboundRtpStreamStats.
 *
 * @param reports report blocks so far; without one the rest means nothing
 * @param fractionLost 0 to 1, since the report before
 * @param roundTripNs -1 before the first measurement
 * @param lastReportNs when the newest report came
 */
public record RemoteReceptionStatistics(
    long reports,
    long packetsReceived,
    long packetsLost,
    double fractionLost,
    double jitterSeconds,
    long roundTripNs,
    long totalRoundTripNs,
    int roundTripMeasurements,
    long lastReportNs) {}
