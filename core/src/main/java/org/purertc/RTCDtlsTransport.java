package org.purertc;

/** W3C WebRTC section 5.5. */
public final class RTCDtlsTransport {
  RTCDtlsTransport() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCIceTransport iceTransport() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCDtlsTransportState state() {
    throw new UnsupportedOperationException("skeleton");
  }
}
