package org.purertc;

/** W3C WebRTC section 4.3.4; {@code toString} is the W3C word. */
public enum RTCIceConnectionState {
  CLOSED("closed"),
  FAILED("failed"),
  DISCONNECTED("disconnected"),
  NEW("new"),
  CHECKING("checking"),
  COMPLETED("completed"),
  CONNECTED("connected");

  private final String word;

  RTCIceConnectionState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
