package org.purertc;

/** An SDP with its type, W3C WebRTC section 4.6.2. */
public record RTCSessionDescription(RTCSdpType type, String sdp) {}
