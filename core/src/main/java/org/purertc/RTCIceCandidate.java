package org.purertc;

import org.jspecify.annotations.Nullable;

/**
 * A candidate as signalling carries it, W3C WebRTC section 4.8.1.
 *
 * @param candidate {@code candidate:…} as RFC 8839 section 5.1 writes it; empty means the end of
 *     candidates
 */
public record RTCIceCandidate(
    String candidate,
    @Nullable String sdpMid,
    @Nullable Integer sdpMLineIndex,
    @Nullable String usernameFragment) {

  public RTCIceCandidate(
      String candidate, @Nullable String sdpMid, @Nullable Integer sdpMLineIndex) {
    this(candidate, sdpMid, sdpMLineIndex, null);
  }
}
