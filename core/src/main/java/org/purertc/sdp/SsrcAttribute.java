package org.purertc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * {@code a=ssrc}, RFC 5576 section 4.1.
 *
 * @param ssrc 0 to 2^32-1
 * @param attribute {@code cname}, {@code msid}, …; empty when the line only names the SSRC
 * @param value null when the attribute has none
 */
public record SsrcAttribute(long ssrc, String attribute, @Nullable String value) {

  public SsrcAttribute {
    Syntax.checkSsrc(ssrc);
    Syntax.checkText(attribute);
    if (value != null) {
      Syntax.checkText(value);
    }
  }

  static SsrcAttribute of(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      return new SsrcAttribute(Syntax.ssrc(text), "", null);
    }
    long ssrc = Syntax.ssrc(text.substring(0, space));
    String rest = text.substring(space + 1).strip();
    int colon = rest.indexOf(':');
    return colon < 0
        ? new SsrcAttribute(ssrc, rest, null)
        : new SsrcAttribute(ssrc, rest.substring(0, colon), rest.substring(colon + 1));
  }

  /** The value in SDP. */
  @Override
  public String toString() {
    String text = attribute.isEmpty() ? String.valueOf(ssrc) : ssrc + " " + attribute;
    return value == null ? text : text + ":" + value;
  }
}
