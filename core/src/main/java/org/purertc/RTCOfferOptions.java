package org.purertc;

/**
 * What an offer is to do besides the usual.
 *
 * @param iceRestart whether it has new ICE credentials, so that the path is sought anew; {@link
 *     RTCPeerConnection#restartIce} is the easier way, as it survives glare
 * @see <a href="https://www.w3.org/TR/webrtc/#dictionary-rtcofferoptions-members">WebRTC 4.2.5,
 *     RTCOfferOptions</a>
 */
public record RTCOfferOptions(boolean iceRestart) {

  /** No restart. */
  public static final RTCOfferOptions DEFAULT = new RTCOfferOptions(false);
}
