package org.purertc.sdp;

import java.util.regex.Pattern;

/**
 * A line other than {@code v= o= s= m= a=}, kept as text, RFC 8866 section 5.
 *
 * @param type the letter before the equals sign
 */
public record SdpField(char type, String value) {
  private static final Pattern TIMES = Pattern.compile("\\d+ \\d+");
  private static final Pattern BANDWIDTH = Pattern.compile("[^ :]+:\\d+");

  public SdpField {
    Syntax.checkText(value);
    switch (type) {
      case 'c' -> ConnectionData.of(value);
      case 't' -> Syntax.require(TIMES.matcher(value).matches(), "t= needs start and stop time");
      case 'b' -> Syntax.require(BANDWIDTH.matcher(value).matches(), "b= needs type:bandwidth");
      default -> {
        if ("iueprzk".indexOf(type) < 0) {
          throw new IllegalArgumentException("unknown line type " + type + "=");
        }
      }
    }
  }

  @Override
  public String toString() {
    return type + "=" + value;
  }
}
