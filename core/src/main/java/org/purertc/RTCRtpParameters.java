package org.purertc;

import java.util.List;

/**
 * What was negotiated for a sender or a receiver.
 *
 * @param codecs in the order of preference; empty before the first negotiation
 * @param cname of RTCP (RFC 3550); empty for a receiver that has not heard it
 * @param reducedSize whether RTCP need not be compound (RFC 5506)
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpparameters">WebRTC 5.2.1,
 *     RTCRtpParameters</a>
 */
public record RTCRtpParameters(
    List<RTCRtpCodecParameters> codecs,
    List<RTCRtpHeaderExtensionParameters> headerExtensions,
    String cname,
    boolean reducedSize) {

  public RTCRtpParameters {
    codecs = List.copyOf(codecs);
    headerExtensions = List.copyOf(headerExtensions);
  }
}
