package org.purertc.sdp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The lexical rules that lines share; each check throws {@code IllegalArgumentException}. Lines are
 * many, so a message is put together only when it is needed.
 */
final class Syntax {
  private static final Pattern MILLISECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

  private Syntax() {}

  static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** The fields between single spaces; an empty field is an error. */
  static List<String> fields(String value) {
    List<String> fields = List.of(value.split(" ", -1));
    require(!fields.contains(""), "fields are separated by one space");
    return fields;
  }

  /** RFC 8866 section 9: byte-string, anything but NUL, CR and LF. */
  static void checkText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      require(c != 0 && c != '\r' && c != '\n', "NUL, CR or LF inside a line");
    }
  }

  /** RFC 8866 section 9: non-ws-string. */
  static void checkWord(String text, String what) {
    boolean holds = !text.isEmpty();
    for (int i = 0; i < text.length() && holds; i++) {
      holds = text.charAt(i) > ' ' && text.charAt(i) != 0x7f;
    }
    if (!holds) {
      throw new IllegalArgumentException(what + " must be one word");
    }
  }

  static void checkToken(String text, String what) {
    boolean holds = !text.isEmpty();
    for (int i = 0; i < text.length() && holds; i++) {
      holds = isTokenChar(text.charAt(i));
    }
    if (!holds) {
      throw new IllegalArgumentException(what + " must be a token");
    }
  }

  static void checkDigits(String text, String what) {
    if (!isDigits(text)) {
      throw new IllegalArgumentException(what + " must be decimal digits");
    }
  }

  static long number(String text, long lowest, long highest, String what) {
    long number = numberOrMinusOne(text);
    if (number < 0 || number < lowest || number > highest) {
      throw new IllegalArgumentException(what + " must be " + lowest + " to " + highest);
    }
    return number;
  }

  /** -1 for what is no decimal number, or too long a one. */
  static long numberOrMinusOne(String text) {
    // 18 digits always fit a long.
    return isDigits(text) && text.length() <= 18 ? Long.parseLong(text) : -1;
  }

  static int payloadType(String text) {
    return (int) number(text, 0, 127, "payload type");
  }

  static long ssrc(String text) {
    return number(text, 0, 0xFFFF_FFFFL, "SSRC");
  }

  static void checkSsrc(long ssrc) {
    require(ssrc >= 0 && ssrc <= 0xFFFF_FFFFL, "SSRC must be 0 to 2^32-1");
  }

  /** RFC 8866 section 9: non-zero-int-or-real. */
  static double milliseconds(String text, String what) {
    double number = MILLISECONDS.matcher(text).matches() ? Double.parseDouble(text) : 0;
    if (number == 0) {
      throw new IllegalArgumentException(what + " must be a positive number of milliseconds");
    }
    return number;
  }

  static void checkIceChars(String text, int shortest, int longest, String what) {
    boolean holds = text.length() >= shortest && text.length() <= longest;
    for (int i = 0; i < text.length() && holds; i++) {
      holds = isIceChar(text.charAt(i));
    }
    if (!holds) {
      throw new IllegalArgumentException(
          what + " must be " + shortest + " to " + longest + " letters, digits, + or /");
    }
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** RFC 8866 section 9: token-char, visible ASCII without these separators. */
  private static boolean isTokenChar(int c) {
    return c > ' ' && c < 0x7f && "\"(),/:;<=>?@[\\]".indexOf(c) < 0;
  }

  /** RFC 8839 section 5.1: ice-char. */
  private static boolean isIceChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }
}
