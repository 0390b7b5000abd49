package org.purertc;

/** W3C WebRTC section 5.6.4; {@code toString} is the W3C word. */
public enum RTCIceTransportState {
  CLOSED("closed"),
  FAILED("failed"),
  DISCONNECTED("disconnected"),
  NEW("new"),
  CHECKING("checking"),
  COMPLETED("completed"),
  CONNECTED("connected");

  private final String word;

  RTCIceTransportState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
