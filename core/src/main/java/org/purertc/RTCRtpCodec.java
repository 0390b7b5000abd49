package org.purertc;

import java.util.Objects;

/**
 * A codec, as a capability or as negotiated.
 *
 * @param mimeType {@code audio/opus}, {@code video/VP8}, {@code video/rtx}, …
 * @param clockRate of the RTP timestamps, in Hz
 * @param channels 1 or 2 for audio; 1 for video
 * @param sdpFmtpLine the parameters of {@code a=fmtp}; empty when there are none
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcodec">WebRTC 5.2.7, RTCRtpCodec</a>
 */
public record RTCRtpCodec(String mimeType, int clockRate, int channels, String sdpFmtpLine) {

  public RTCRtpCodec {
    Objects.requireNonNull(mimeType, "mimeType");
    Objects.requireNonNull(sdpFmtpLine, "sdpFmtpLine");
  }
}
