package org.purertc.samples.share;

import org.purertc.RTCPeerConnection;
import org.purertc.RTCRtpTransceiverDirection;

/** Members of a call show themselves to everybody; who only takes files does not watch. */
final class DataOnly {
  private DataOnly() {}

  /** Declines pictures and sound. */
  static void on(RTCPeerConnection peer) {
    peer.onTrack(event -> event.transceiver().direction(RTCRtpTransceiverDirection.INACTIVE));
  }
}
