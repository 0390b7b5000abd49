package org.purertc;

/**
 * The encryption of the path. Reads are snapshots, from any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdtlstransport-interface">WebRTC 5.5,
 *     RTCDtlsTransport</a>
 */
public final class RTCDtlsTransport {
  private final RTCIceTransport iceTransport;
  private volatile RTCDtlsTransportState state = RTCDtlsTransportState.NEW;

  RTCDtlsTransport(RTCIceTransport iceTransport) {
    this.iceTransport = iceTransport;
  }

  /** The path below. */
  public RTCIceTransport iceTransport() {
    return iceTransport;
  }

  /** The state of the handshake; closed also when the remote peer said goodbye. */
  public RTCDtlsTransportState state() {
    return state;
  }

  void state(RTCDtlsTransportState next) {
    state = next;
  }
}
