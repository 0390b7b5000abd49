package org.purertc;

import org.jspecify.annotations.Nullable;

/**
 * How one encoding of a sender is sent.
 *
 * @param rid restriction id of simulcast (RFC 8851); null without simulcast
 * @param active whether it is sent
 * @param maxBitrate in bits per second, headers not counted; null without a limit
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpencodingparameters">WebRTC 5.2.4,
 *     RTCRtpEncodingParameters</a>
 */
public record RTCRtpEncodingParameters(
    @Nullable String rid, boolean active, @Nullable Long maxBitrate) {

  /** One encoding that is sent without a limit. */
  public static final RTCRtpEncodingParameters DEFAULT =
      new RTCRtpEncodingParameters(null, true, null);

  RTCRtpEncodingParameters withRid(@Nullable String other) {
    return new RTCRtpEncodingParameters(other, active, maxBitrate);
  }

  /** The same, sent or not. */
  public RTCRtpEncodingParameters withActive(boolean sent) {
    return new RTCRtpEncodingParameters(rid, sent, maxBitrate);
  }

  /** The same with another limit. */
  public RTCRtpEncodingParameters withMaxBitrate(@Nullable Long bitsPerSecond) {
    return new RTCRtpEncodingParameters(rid, active, bitsPerSecond);
  }
}
