package org.purertc;

/** W3C WebRTC section 4.3.1; {@code toString} is the W3C word. */
public enum RTCSignalingState {
  STABLE("stable"),
  HAVE_LOCAL_OFFER("have-local-offer"),
  HAVE_REMOTE_OFFER("have-remote-offer"),
  HAVE_LOCAL_PRANSWER("have-local-pranswer"),
  HAVE_REMOTE_PRANSWER("have-remote-pranswer"),
  CLOSED("closed");

  private final String word;

  RTCSignalingState(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
