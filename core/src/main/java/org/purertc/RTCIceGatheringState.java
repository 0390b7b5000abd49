package org.purertc;

/** W3C WebRTC section 4.3.2; {@code toString} is the W3C word. */
public enum RTCIceGatheringState {
  NEW("new"),
  GATHERING("gathering"),
  COMPLETE("complete");

  private final String word;

  RTCIceGatheringState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
