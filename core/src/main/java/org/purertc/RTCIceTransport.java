package org.purertc;

import org.jspecify.annotations.Nullable;

/** W3C WebRTC section 5.6. */
public final class RTCIceTransport {
  RTCIceTransport() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCIceRole role() {
    throw new UnsupportedOperationException("skeleton");
  }

  public RTCIceTransportState state() {
    throw new UnsupportedOperationException("skeleton");
  }

  public @Nullable RTCIceCandidatePair getSelectedCandidatePair() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Last measured round trip in milliseconds, or NaN. */
  public double roundTripTimeMs() {
    throw new UnsupportedOperationException("skeleton");
  }
}
