package org.purertc.sdp;

/**
 * {@code a=rtcp-fb}, RFC 4585 section 4.2.
 *
 * @param payloadType {@link #ALL} for {@code *}
 * @param feedback {@code nack}, {@code nack pli}, {@code ccm fir}, {@code transport-cc}, …
 */
public record RtcpFeedbackAttribute(int payloadType, String feedback) {
  /** Every payload type of the section. */
  public static final int ALL = -1;

  public RtcpFeedbackAttribute {
    Syntax.require(payloadType >= ALL && payloadType <= 127, "payload type must be 0 to 127 or *");
    Syntax.require(!feedback.isBlank(), "rtcp-fb needs a feedback type");
    Syntax.checkText(feedback);
  }

  static RtcpFeedbackAttribute of(String value) {
    int space = value.indexOf(' ');
    Syntax.require(space > 0, "rtcp-fb needs a payload type and a feedback type");
    String format = value.substring(0, space);
    return new RtcpFeedbackAttribute(
        format.equals("*") ? ALL : Syntax.payloadType(format), value.substring(space + 1).strip());
  }

  public boolean appliesTo(int otherPayloadType) {
    return payloadType == ALL || payloadType == otherPayloadType;
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return (payloadType == ALL ? "*" : String.valueOf(payloadType)) + " " + feedback;
  }
}
