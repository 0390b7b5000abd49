package org.purertc;

/** W3C WebRTC section 5.6.4; {@code toString} is the W3C word. */
public enum RTCIceRole {
  UNKNOWN("unknown"),
  CONTROLLING("controlling"),
  CONTROLLED("controlled");

  private final String word;

  RTCIceRole(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
