package org.purertc.sdp;

/**
 * A line other than {@code v= o= s= m= a=}, kept as text, RFC 8866 section 5.
 *
 * @param type the letter before the equals sign
 */
public record SdpField(char type, String value) {

  public SdpField {
    Syntax.checkText(value);
    switch (type) {
      case 'c' -> ConnectionData.of(value);
      case 't' -> Syntax.require(value.matches("\\d+ \\d+"), "t= needs start and stop time");
      case 'b' -> Syntax.require(value.matches("[^ :]+:\\d+"), "b= needs type:bandwidth");
      default -> Syntax.require("iueprzk".indexOf(type) >= 0, "unknown line type " + type + "=");
    }
  }

  @Override
  public String toString() {
    return type + "=" + value;
  }
}
