package org.purertc.ice;

/** W3C WebRTC section 5.6.4, RTCIceTransportState. */
public enum IceTransportState {
  NEW,
  CHECKING,
  CONNECTED,
  COMPLETED,
  DISCONNECTED,
  FAILED,
  CLOSED
}
