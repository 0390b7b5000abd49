package org.purertc;

/**
 * The association that carries the data channels. Reads are snapshots, from any thread.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcsctptransport-interface">WebRTC 6.1,
 *     RTCSctpTransport</a>
 */
public final class RTCSctpTransport {

  /** RFC 8841 section 6.1: what the absence of {@code a=max-message-size} means. */
  private static final long DEFAULT_MAX_MESSAGE_BYTES = 65_536;

  private volatile RTCDtlsTransport transport;
  private volatile RTCSctpTransportState state = RTCSctpTransportState.CONNECTING;
  private volatile long maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;

  RTCSctpTransport(RTCDtlsTransport transport) {
    this.transport = transport;
  }

  /** The encryption below. */
  public RTCDtlsTransport transport() {
    return transport;
  }

  /**
   * The state of the association: {@code closed} after an orderly end, and when the remote peer
   * aborted it or does not answer; then {@link RTCPeerConnection#failureReason} says why. Only a
   * negotiation that begins another DTLS association (RFC 8842) brings another one of SCTP.
   */
  public RTCSctpTransportState state() {
    return state;
  }

  /**
   * The longest message that the remote peer accepts.
   *
   * @return bytes; {@link Long#MAX_VALUE} when it takes any
   */
  public long maxMessageSize() {
    return maxMessageBytes;
  }

  /** A negotiation put the association on another transport, before it began. */
  void transport(RTCDtlsTransport carrier) {
    transport = carrier;
  }

  void state(RTCSctpTransportState next) {
    state = next;
  }

  /**
   * @param bytes as negotiated: 0 means any, RFC 8841 section 6.1
   */
  void maxMessageSize(long bytes) {
    maxMessageBytes = bytes == 0 ? Long.MAX_VALUE : bytes;
  }
}
