package org.purertc;

/** The events of one peer connection. */
final class PeerEvents {

  /** More candidates than a host has; and a remote that opens more channels harms itself only. */
  private static final int KEPT = 64;

  final EventSlot<RTCPeerConnectionState> connectionStateChange;
  final EventSlot<RTCIceConnectionState> iceConnectionStateChange;
  final EventSlot<RTCIceGatheringState> iceGatheringStateChange;
  final EventSlot<RTCSignalingState> signalingStateChange;
  final EventSlot<RTCSessionDescription> localDescription;
  final EventSlot<RTCIceCandidate> iceCandidate;
  final EventSlot<RTCPeerConnectionIceErrorEvent> iceCandidateError;
  final EventSlot<RTCDataChannel> dataChannel;
  final EventSlot<RTCTrackEvent> track;
  final EventSlot<RTCSignalingState> negotiationNeeded;

  PeerEvents(Callbacks callbacks) {
    connectionStateChange = new EventSlot<>(callbacks, 0);
    iceConnectionStateChange = new EventSlot<>(callbacks, 0);
    iceGatheringStateChange = new EventSlot<>(callbacks, 0);
    signalingStateChange = new EventSlot<>(callbacks, 0);
    localDescription = new EventSlot<>(callbacks, KEPT);
    iceCandidate = new EventSlot<>(callbacks, KEPT);
    iceCandidateError = new EventSlot<>(callbacks, KEPT);
    dataChannel = new EventSlot<>(callbacks, KEPT);
    track = new EventSlot<>(callbacks, KEPT);
    negotiationNeeded = new EventSlot<>(callbacks, 1);
  }
}
