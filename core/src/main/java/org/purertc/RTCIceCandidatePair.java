package org.purertc;

/** W3C WebRTC section 5.6.2. */
public record RTCIceCandidatePair(RTCIceCandidate local, RTCIceCandidate remote) {}
