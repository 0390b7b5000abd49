package org.purertc;

import org.jspecify.annotations.Nullable;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.CandidateAttribute.RelatedAddress;
import org.purertc.sdp.SdpException;

/**
 * A candidate as signalling carries it: the first four components. What the text says can be read
 * one by one; each is null when the text is empty or cannot be read.
 *
 * @param candidate {@code candidate:…} as RFC 8839 section 5.1 writes it; empty means the end of
 *     candidates
 * @param relayProtocol of our own relayed candidates, how we talk to the TURN server: {@code udp},
 *     {@code tcp} or {@code tls}
 * @param url of our own candidates, the server that it was learnt from
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicecandidate-interface">WebRTC 4.8.1,
 *     RTCIceCandidate</a>
 */
public record RTCIceCandidate(
    String candidate,
    @Nullable String sdpMid,
    @Nullable Integer sdpMLineIndex,
    @Nullable String usernameFragment,
    @Nullable String relayProtocol,
    @Nullable String url) {

  public RTCIceCandidate(
      String candidate,
      @Nullable String sdpMid,
      @Nullable Integer sdpMLineIndex,
      @Nullable String usernameFragment) {
    this(candidate, sdpMid, sdpMLineIndex, usernameFragment, null, null);
  }

  public RTCIceCandidate(
      String candidate, @Nullable String sdpMid, @Nullable Integer sdpMLineIndex) {
    this(candidate, sdpMid, sdpMLineIndex, null);
  }

  private @Nullable CandidateAttribute parsed() {
    try {
      return candidate.isEmpty() ? null : CandidateAttribute.parse(candidate);
    } catch (SdpException e) {
      return null; // W3C WebRTC section 4.8.1.1: the members stay null
    }
  }

  /** Equal for candidates of the same kind with the same base and server. */
  public @Nullable String foundation() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.foundation();
  }

  /** {@code rtp} or {@code rtcp}. */
  public @Nullable String component() {
    CandidateAttribute parsed = parsed();
    if (parsed == null || parsed.component() > 2) {
      return null;
    }
    return parsed.component() == 1 ? "rtp" : "rtcp";
  }

  /** The higher, the sooner it is tried. */
  public @Nullable Long priority() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : Long.valueOf(parsed.priority());
  }

  /** An IP address, or a name of multicast DNS. */
  public @Nullable String address() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.address();
  }

  /** {@code udp} or {@code tcp}. */
  public @Nullable String protocol() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.isUdp() ? "udp" : "tcp";
  }

  /** Of {@link #address}. */
  public @Nullable Integer port() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : Integer.valueOf(parsed.port());
  }

  /** {@code host}, {@code srflx}, {@code prflx} or {@code relay}. */
  public @Nullable String type() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.type();
  }

  /** {@code active}, {@code passive} or {@code so}; null for UDP. */
  public @Nullable String tcpType() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.tcpType();
  }

  /** Of a reflexive candidate its base, of a relayed one our address as the server sees it. */
  public @Nullable String relatedAddress() {
    RelatedAddress related = related();
    return related == null ? null : related.address();
  }

  /** Of {@link #relatedAddress}. */
  public @Nullable Integer relatedPort() {
    RelatedAddress related = related();
    return related == null ? null : Integer.valueOf(related.port());
  }

  private @Nullable RelatedAddress related() {
    CandidateAttribute parsed = parsed();
    return parsed == null ? null : parsed.related();
  }
}
