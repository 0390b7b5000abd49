package org.purertc;

/** W3C WebRTC section 6.1. */
public final class RTCSctpTransport {
  RTCSctpTransport() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCDtlsTransport transport() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCSctpTransportState state() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** What the remote peer accepts, in bytes. */
  public long maxMessageSize() {
    throw new UnsupportedOperationException("skeleton");
  }
}
