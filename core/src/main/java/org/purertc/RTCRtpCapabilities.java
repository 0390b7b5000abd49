package org.purertc;

import java.util.List;

/**
 * What this implementation can send and receive of one kind.
 *
 * @param codecs in the order of preference; retransmission ({@code video/rtx}) among them
 * @param headerExtensions URIs
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpcapabilities">WebRTC 5.2.11,
 *     RTCRtpCapabilities</a>
 */
public record RTCRtpCapabilities(List<RTCRtpCodec> codecs, List<String> headerExtensions) {

  public RTCRtpCapabilities {
    codecs = List.copyOf(codecs);
    headerExtensions = List.copyOf(headerExtensions);
  }
}
