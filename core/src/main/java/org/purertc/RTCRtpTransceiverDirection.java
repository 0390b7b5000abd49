package org.purertc;

import java.util.Locale;

/**
 * What a transceiver does.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiverdirection">WebRTC 5.4,
 *     RTCRtpTransceiverDirection</a>
 */
public enum RTCRtpTransceiverDirection {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE,
  STOPPED;

  /** Whether it may send. */
  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether it is ready to receive. */
  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** With or without sending. */
  RTCRtpTransceiverDirection sending(boolean sends) {
    if (receives()) {
      return sends ? SENDRECV : RECVONLY;
    }
    return sends ? SENDONLY : INACTIVE;
  }

  /** W3C's word. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
