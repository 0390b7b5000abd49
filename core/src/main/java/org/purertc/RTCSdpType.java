package org.purertc;

/** W3C WebRTC section 4.6.1; {@code toString} is the W3C word. */
public enum RTCSdpType {
  OFFER("offer"),
  PRANSWER("pranswer"),
  ANSWER("answer"),
  ROLLBACK("rollback");

  private final String word;

  RTCSdpType(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
