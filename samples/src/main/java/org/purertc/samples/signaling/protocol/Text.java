package org.purertc.samples.signaling.protocol;

import java.util.regex.Pattern;

/** What texts of messages may be. */
final class Text {
  private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{22,64}");
  private static final int MAX_NAME_CHARS = 64;

  private Text() {}

  static boolean isRoom(String text) {
    return ROOM.matcher(text).matches();
  }

  static boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }

  static boolean isName(String text) {
    return !text.isEmpty() && isStatus(text);
  }

  static boolean isStatus(String text) {
    return text.length() <= MAX_NAME_CHARS && text.chars().noneMatch(Character::isISOControl);
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
