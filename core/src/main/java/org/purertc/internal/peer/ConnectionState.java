package org.purertc.internal.peer;

import java.util.List;
import org.purertc.dtls.DtlsState;
import org.purertc.ice.IceTransportState;

/** W3C WebRTC section 4.3.3, RTCPeerConnectionState. */
public enum ConnectionState {
  NEW,
  CONNECTING,
  CONNECTED,
  DISCONNECTED,
  FAILED,
  CLOSED;

  /**
   * The table of W3C WebRTC section 4.3.3 for one transport, with one addition: a peer that said
   * goodbye with close_notify counts as failed. W3C would stay connected until consent expires half
   * a minute later, and nothing but a new connection helps.
   */
  static ConnectionState of(IceTransportState ice, DtlsState dtls) {
    if (ice == IceTransportState.FAILED || dtls == DtlsState.FAILED || dtls == DtlsState.CLOSED) {
      return FAILED;
    }
    if (ice == IceTransportState.DISCONNECTED) {
      return DISCONNECTED;
    }
    if (ice == IceTransportState.NEW && dtls == DtlsState.NEW) {
      return NEW;
    }
    boolean iceConnected = ice == IceTransportState.CONNECTED || ice == IceTransportState.COMPLETED;
    return iceConnected && dtls == DtlsState.CONNECTED ? CONNECTED : CONNECTING;
  }

  /** The same over several transports. */
  static ConnectionState of(List<ConnectionState> transports) {
    for (ConnectionState decisive : List.of(FAILED, DISCONNECTED)) {
      if (transports.contains(decisive)) {
        return decisive;
      }
    }
    if (transports.stream().allMatch(state -> state == NEW)) {
      return NEW;
    }
    return transports.stream().allMatch(state -> state == CONNECTED) ? CONNECTED : CONNECTING;
  }
}
