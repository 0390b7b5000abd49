package org.purertc;

/** W3C WebRTC section 6.1.2; {@code toString} is the W3C word. */
public enum RTCSctpTransportState {
  CONNECTING("connecting"),
  CONNECTED("connected"),
  CLOSED("closed");

  private final String word;

  RTCSctpTransportState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
