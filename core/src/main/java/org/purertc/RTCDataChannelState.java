package org.purertc;

/** W3C WebRTC section 6.2; {@code toString} is the W3C word. */
public enum RTCDataChannelState {
  CONNECTING("connecting"),
  OPEN("open"),
  CLOSING("closing"),
  CLOSED("closed");

  private final String word;

  RTCDataChannelState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
