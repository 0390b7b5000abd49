package org.purertc;

import java.util.List;

/**
 * How a new transceiver begins.
 *
 * @param streams those that the track is announced in
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiverinit">WebRTC 5.1,
 *     RTCRtpTransceiverInit</a>
 */
public record RTCRtpTransceiverInit(
    RTCRtpTransceiverDirection direction,
    List<MediaStream> streams,
    RTCRtpEncodingParameters encoding) {

  /** Sends and receives, in no stream. */
  public static final RTCRtpTransceiverInit DEFAULT =
      new RTCRtpTransceiverInit(
          RTCRtpTransceiverDirection.SENDRECV, List.of(), RTCRtpEncodingParameters.DEFAULT);

  public RTCRtpTransceiverInit {
    streams = List.copyOf(streams);
  }

  /** With a direction. */
  public static RTCRtpTransceiverInit of(RTCRtpTransceiverDirection direction) {
    return new RTCRtpTransceiverInit(direction, List.of(), RTCRtpEncodingParameters.DEFAULT);
  }
}
