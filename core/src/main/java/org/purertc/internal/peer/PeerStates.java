package org.purertc.internal.peer;

import org.purertc.ice.IceTransportState;

/** The states of all transports together, told as they change, until the end. Loop thread only. */
final class PeerStates {
  private final Transports transports;
  private final PeerListener listener;
  private IceTransportState iceState = IceTransportState.NEW;
  private ConnectionState connectionState = ConnectionState.NEW;
  private boolean closed;

  PeerStates(Transports transports, PeerListener listener) {
    this.transports = transports;
    this.listener = listener;
  }

  /** ICE and DTLS of one transport have changed. */
  void update(String reason) {
    ConnectionState state = transports.connectionState();
    if (!closed && state != connectionState) {
      connectionState = state;
      listener.onConnectionState(state, reason);
    }
  }

  /** ICE of one transport has changed. */
  void updateIce() {
    IceTransportState state = transports.iceState();
    if (!closed && state != iceState) {
      iceState = state;
      listener.onIceConnectionState(state);
    }
  }

  /** Nothing is told any more. */
  void close() {
    closed = true;
  }
}
