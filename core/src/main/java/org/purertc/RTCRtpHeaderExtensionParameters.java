package org.purertc;

/**
 * A negotiated RTP header extension.
 *
 * @param id 1 to 255
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtpheaderextensionparameters">WebRTC 5.2.6,
 *     RTCRtpHeaderExtensionParameters</a>
 */
public record RTCRtpHeaderExtensionParameters(String uri, int id) {}
