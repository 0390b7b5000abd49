package org.purertc.internal.rtp;

/**
 * How RTCP is sent on a transport.
 *
 * @param localSsrc of who reports, as long as nothing is sent
 * @param cname RFC 7022: the same for all streams of a peer connection
 * @param reducedSize whether feedback may go alone, RFC 5506
 * @param hasVideo whether reports are due each second, not each five
 * @param roundTripReports whether receivers may ask for the round trip, RFC 3611 section 5
 */
public record RtcpParameters(
    long localSsrc,
    String cname,
    boolean reducedSize,
    boolean hasVideo,
    boolean roundTripReports) {}
