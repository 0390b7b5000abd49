package org.purertc;

import org.jspecify.annotations.Nullable;
import org.purertc.internal.media.EncodingLimit;

/**
 * How one encoding of a sender is sent.
 *
 * @param rid restriction id of simulcast (RFC 8851); null without simulcast
 * @param active whether it is sent
 * @param maxBitrate in bits per second, headers not counted; null without a limit
 * @param scaleResolutionDownBy how many times narrower and lower than the track the picture of this
 *     encoding is, 1 or more; null for 1, or when all of simulcast's are null for 1, 2, 4, … from
 *     the last to the first. The program encodes: this tells only how the target bitrate is shared
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpencodingparameters">WebRTC 5.2.4,
 *     RTCRtpEncodingParameters</a>
 */
public record RTCRtpEncodingParameters(
    @Nullable String rid,
    boolean active,
    @Nullable Long maxBitrate,
    @Nullable Double scaleResolutionDownBy) {

  /** One encoding that is sent without a limit. */
  public static final RTCRtpEncodingParameters DEFAULT =
      new RTCRtpEncodingParameters(null, true, null, null);

  /** An encoding of simulcast, sent without a limit. */
  public static RTCRtpEncodingParameters of(String rid) {
    return DEFAULT.withRid(rid);
  }

  RTCRtpEncodingParameters withRid(@Nullable String other) {
    return new RTCRtpEncodingParameters(other, active, maxBitrate, scaleResolutionDownBy);
  }

  /** The same, sent or not. */
  public RTCRtpEncodingParameters withActive(boolean sent) {
    return new RTCRtpEncodingParameters(rid, sent, maxBitrate, scaleResolutionDownBy);
  }

  /** The same with another limit. */
  public RTCRtpEncodingParameters withMaxBitrate(@Nullable Long bitsPerSecond) {
    return new RTCRtpEncodingParameters(rid, active, bitsPerSecond, scaleResolutionDownBy);
  }

  /** The same with a picture of another size. */
  public RTCRtpEncodingParameters withScaleResolutionDownBy(@Nullable Double times) {
    return new RTCRtpEncodingParameters(rid, active, maxBitrate, times);
  }

  /** Empty without simulcast. */
  String key() {
    return rid == null ? "" : rid;
  }

  EncodingLimit limit() {
    return new EncodingLimit(
        active,
        maxBitrate == null ? Long.MAX_VALUE : maxBitrate,
        scaleResolutionDownBy == null ? 1 : scaleResolutionDownBy);
  }
}
