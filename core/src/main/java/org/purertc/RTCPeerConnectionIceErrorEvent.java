package org.purertc;

import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server gave no candidate.
 *
 * @param address the local address that the server was asked from; null when there was no socket
 * @param port of that address; null when there was none
 * @param url of the server, as it was configured
 * @param errorCode the server's STUN error code; 701 when it could not be reached
 * @param errorText one line for people
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcpeerconnectioniceerrorevent">WebRTC 4.8.3,
 *     RTCPeerConnectionIceErrorEvent</a>
 */
public record RTCPeerConnectionIceErrorEvent(
    @Nullable String address,
    @Nullable Integer port,
    String url,
    int errorCode,
    String errorText) {}
