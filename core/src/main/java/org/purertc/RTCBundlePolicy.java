package org.purertc;

/**
 * Over how many transports the m-lines of our offers may go, if the remote peer does not bundle
 * them.
 *
 * @see <a href="https://www.w3.org/TR/webrtc/#dom-rtcbundlepolicy">WebRTC 4.2.5,
 *     RTCBundlePolicy</a>
 */
public enum RTCBundlePolicy {
  /** One transport for each kind of media and for data. */
  BALANCED("balanced"),
  /** One transport for each m-line. */
  MAX_COMPAT("max-compat"),
  /** One transport for all; a remote peer that does not bundle gets the first m-line only. */
  MAX_BUNDLE("max-bundle");

  private final String word;

  RTCBundlePolicy(String word) {
    this.word = word;
  }

  /** W3C's word. */
  @Override
  public String toString() {
    return word;
  }
}
