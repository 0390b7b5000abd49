package org.purertc;

import java.util.List;

/**
 * How a sender sends; read with {@link RTCRtpSender#getParameters}, changed and given back to
 * {@link RTCRtpSender#setParameters}.
 *
 * @param transactionId of the reading; one change may follow it
 * @param negotiated what only a negotiation changes
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpsendparameters">WebRTC 5.2.2,
 *     RTCRtpSendParameters</a>
 */
public record RTCRtpSendParameters(
    String transactionId, List<RTCRtpEncodingParameters> encodings, RTCRtpParameters negotiated) {

  public RTCRtpSendParameters {
    encodings = List.copyOf(encodings);
  }

  /** The same with other encodings. */
  public RTCRtpSendParameters withEncodings(RTCRtpEncodingParameters... changed) {
    return new RTCRtpSendParameters(transactionId, List.of(changed), negotiated);
  }
}
