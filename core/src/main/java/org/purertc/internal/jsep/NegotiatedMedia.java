package org.purertc.internal.jsep;

import java.util.List;
import org.purertc.sdp.MediaDirection;

/**
 * What offer and answer together say of one live audio or video section, seen from our side.
 *
 * @param transport index of its {@link NegotiatedTransport}
 * @param direction ours
 * @param sendCodecs what the remote takes, in the order of preference, with the remote's payload
 *     types; retransmission formats included
 * @param receiveCodecs what we take, with our payload types
 * @param remoteStreamIds of {@code a=msid}; empty without one
 * @param remoteTrackId of {@code a=msid}; empty without one
 * @param remoteSources of {@code a=ssrc}; often empty
 * @param sendRids restriction ids that the remote takes from us, RFC 8853
 * @param receiveRids those that the remote sends
 * @param reducedSizeRtcp whether RTCP need not be compound, RFC 5506
 * @param roundTripReports whether a receiver may ask for the round trip, RFC 3611 section 5.3
 * @param maxSendBitsPerSecond of the remote's {@code b=} line; -1 without one
 */
public record NegotiatedMedia(
    String mid,
    MediaKind kind,
    int transport,
    MediaDirection direction,
    List<Codec> sendCodecs,
    List<Codec> receiveCodecs,
    List<HeaderExtension> sendExtensions,
    List<HeaderExtension> receiveExtensions,
    List<String> remoteStreamIds,
    String remoteTrackId,
    List<MediaSource> remoteSources,
    List<String> sendRids,
    List<String> receiveRids,
    boolean reducedSizeRtcp,
    boolean roundTripReports,
    long maxSendBitsPerSecond) {

  public NegotiatedMedia {
    sendCodecs = List.copyOf(sendCodecs);
    receiveCodecs = List.copyOf(receiveCodecs);
    sendExtensions = List.copyOf(sendExtensions);
    receiveExtensions = List.copyOf(receiveExtensions);
    remoteStreamIds = List.copyOf(remoteStreamIds);
    remoteSources = List.copyOf(remoteSources);
    sendRids = List.copyOf(sendRids);
    receiveRids = List.copyOf(receiveRids);
  }
}
