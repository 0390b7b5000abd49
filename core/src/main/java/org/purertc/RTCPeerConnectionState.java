package org.purertc;

/** W3C WebRTC section 4.3.3; {@code toString} is the W3C word. */
public enum RTCPeerConnectionState {
  CLOSED("closed"),
  FAILED("failed"),
  DISCONNECTED("disconnected"),
  NEW("new"),
  CONNECTING("connecting"),
  CONNECTED("connected");

  private final String word;

  RTCPeerConnectionState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
