package org.purertc.sdp;

/**
 * {@code a=fmtp}, RFC 8866 section 6.15.
 *
 * @param format a payload type, or the format of a section that is not RTP
 * @param text the parameters as written; of any form, such as {@code 0-15} or {@code 111/111}
 */
public record FmtpAttribute(String format, String text) {

  public FmtpAttribute {
    Syntax.checkToken(format, "format");
    Syntax.checkText(text);
  }

  static FmtpAttribute of(String value) {
    int space = value.indexOf(' ');
    // Without parameters it says nothing; some write it so.
    return space < 0
        ? new FmtpAttribute(value, "")
        : new FmtpAttribute(value.substring(0, space), value.substring(space + 1).strip());
  }

  public FormatParameters parameters() {
    return FormatParameters.of(text);
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    return text.isEmpty() ? format : format + " " + text;
  }
}
