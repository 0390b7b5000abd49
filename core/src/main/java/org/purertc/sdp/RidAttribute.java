package org.purertc.sdp;

import java.util.regex.Pattern;

/**
 * {@code a=rid}, RFC 8851 section 10.
 *
 * @param sends whether the writer sends the stream; else it receives it
 * @param restrictions {@code pt=96;max-width=1280}, as written; empty without any
 */
public record RidAttribute(String id, boolean sends, String restrictions) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");

  public RidAttribute {
    checkId(id);
    Syntax.checkText(restrictions);
  }

  static RidAttribute of(String value) {
    String[] parts = value.split(" ", 3);
    Syntax.require(
        parts.length >= 2 && (parts[1].equals("send") || parts[1].equals("recv")),
        "rid needs an id and send or recv");
    return new RidAttribute(
        parts[0], parts[1].equals("send"), parts.length == 3 ? parts[2].strip() : "");
  }

  /** RFC 8851 section 10 allows letters, digits, - and _; RFC 8852 only letters and digits. */
  static void checkId(String id) {
    Syntax.require(ID.matcher(id).matches(), "rid must be letters and digits");
  }

  public FormatParameters parameters() {
    return FormatParameters.of(restrictions);
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    String text = id + (sends ? " send" : " recv");
    return restrictions.isEmpty() ? text : text + " " + restrictions;
  }
}
