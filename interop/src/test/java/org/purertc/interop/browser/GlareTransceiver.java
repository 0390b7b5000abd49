package org.purertc.interop.browser;

import java.util.Locale;
import org.purertc.RTCRtpTransceiverDirection;

/**
 * A transceiver of either side after a glare round.
 *
 * @param received how many frames came in by now; of audio in the page, packets
 */
record GlareTransceiver(
    String mid,
    String kind,
    String direction,
    String currentDirection,
    boolean sends,
    long received) {

  /** What both agreed on, seen from here, if this side wants that and the other one this. */
  String agreedWith(GlareTransceiver other) {
    RTCRtpTransceiverDirection ours = direction(direction);
    RTCRtpTransceiverDirection theirs = direction(other.direction);
    boolean sending = ours.sends() && theirs.receives();
    boolean receiving = ours.receives() && theirs.sends();
    if (sending) {
      return receiving ? "sendrecv" : "sendonly";
    }
    return receiving ? "recvonly" : "inactive";
  }

  /** Whether this side has something to send, and may. */
  boolean isSending() {
    return sends && direction(currentDirection).sends();
  }

  private static RTCRtpTransceiverDirection direction(String name) {
    return RTCRtpTransceiverDirection.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
