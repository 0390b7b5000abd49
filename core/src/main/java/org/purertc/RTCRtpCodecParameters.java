package org.purertc;

/**
 * A negotiated codec with its RTP payload type.
 *
 * @param payloadType 0 to 127
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcodecparameters">WebRTC 5.2.9,
 *     RTCRtpCodecParameters</a>
 */
public record RTCRtpCodecParameters(RTCRtpCodec codec, int payloadType) {}
