package org.purertc.internal.peer;

/** W3C WebRTC section 6.1.2, RTCSctpTransportState. */
public enum SctpState {
  CONNECTING,
  CONNECTED,
  CLOSED
}
