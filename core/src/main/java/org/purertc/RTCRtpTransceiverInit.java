package org.purertc;

import java.util.List;

/**
 * How a new transceiver begins.
 *
 * @param streams those that the track is announced in
 * @param sendEncodings one, or for simulcast (RFC 8853) two or more of video, each with a rid of
 *     its own; the smallest first, as browsers have them
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiverinit">WebRTC 5.1,
 *     RTCRtpTransceiverInit</a>
 */
public record RTCRtpTransceiverInit(
    RTCRtpTransceiverDirection direction,
    List<MediaStream> streams,
    List<RTCRtpEncodingParameters> sendEncodings) {

  /** Sends and receives, in no stream. */
  public static final RTCRtpTransceiverInit DEFAULT =
      new RTCRtpTransceiverInit(
          RTCRtpTransceiverDirection.SENDRECV,
          List.of(),
          List.of(RTCRtpEncodingParameters.DEFAULT));

  public RTCRtpTransceiverInit {
    streams = List.copyOf(streams);
    sendEncodings = List.copyOf(sendEncodings);
  }

  /** With a direction. */
  public static RTCRtpTransceiverInit of(RTCRtpTransceiverDirection direction) {
    return new RTCRtpTransceiverInit(
        direction, List.of(), List.of(RTCRtpEncodingParameters.DEFAULT));
  }

  /** The same with other encodings. */
  public RTCRtpTransceiverInit withSendEncodings(RTCRtpEncodingParameters... encodings) {
    return new RTCRtpTransceiverInit(direction, streams, List.of(encodings));
  }
}
