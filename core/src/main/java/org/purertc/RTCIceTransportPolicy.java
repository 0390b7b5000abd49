package org.purertc;

import java.util.Locale;

/**
 * Which candidates are used.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcicetransportpolicy-enum">WebRTC 4.2.5,
 *     RTCIceTransportPolicy</a>
 */
public enum RTCIceTransportPolicy {
  /** Only those on TURN servers: the remote peer sees no address of this machine. */
  RELAY,
  /** All. */
  ALL;

  /** W3C's word. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
