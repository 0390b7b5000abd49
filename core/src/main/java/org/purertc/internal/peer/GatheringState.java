package org.purertc.internal.peer;

/** W3C WebRTC section 4.3.2, RTCIceGatheringState. */
public enum GatheringState {
  NEW,
  GATHERING,
  COMPLETE
}
