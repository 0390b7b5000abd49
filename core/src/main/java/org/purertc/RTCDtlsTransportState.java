package org.purertc;

/** W3C WebRTC section 5.5.1; {@code toString} is the W3C word. */
public enum RTCDtlsTransportState {
  NEW("new"),
  CONNECTING("connecting"),
  CONNECTED("connected"),
  CLOSED("closed"),
  FAILED("failed");

  private final String word;

  RTCDtlsTransportState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
