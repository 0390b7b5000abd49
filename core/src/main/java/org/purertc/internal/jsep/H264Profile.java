package org.purertc.internal.jsep;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.purertc.sdp.FormatParameters;

/**
 * The {@code profile-level-id} of H.264, RFC 6184 section 8.1.
 *
 * @param profileIdc first byte
 * @param constraints second byte
 * @param level third byte
 */
record H264Profile(int profileIdc, int constraints, int level) {

  /** Constrained baseline, level 3.1: what browsers take an absent parameter for. */
  private static final H264Profile ABSENT = new H264Profile(0x42, 0xe0, 0x1f);

  private static final int BASELINE = 0x42;
  private static final int MAIN = 0x4d;
  private static final int EXTENDED = 0x58;

  /** constraint_set0_flag and so on, from the highest bit. */
  private static final int SET0 = 0x80;

  private static final int SET1 = 0x40;

  /** Null when the parameter is no profile. */
  static @Nullable H264Profile of(FormatParameters parameters) {
    String text = parameters.value("profile-level-id");
    if (text == null) {
      return ABSENT;
    }
    if (!text.matches("[0-9A-Fa-f]{6}")) {
      return null;
    }
    int number = Integer.parseInt(text, 16);
    return new H264Profile(number >> 16, number >> 8 & 0xff, number & 0xff);
  }

  /** RFC 6184 table 5: other bytes may mean the same profile. */
  boolean isSameProfile(H264Profile other) {
    return name().equals(other.name());
  }

  private String name() {
    boolean constrained =
        switch (profileIdc) {
          case BASELINE -> (constraints & SET1) != 0;
          case MAIN -> (constraints & SET0) != 0;
          case EXTENDED -> (constraints & SET0) != 0 && (constraints & SET1) != 0;
          default -> false;
        };
    if (constrained) {
      return "constrained baseline";
    }
    boolean extendedBaseline = profileIdc == EXTENDED && (constraints & SET0) != 0;
    if (profileIdc == BASELINE || extendedBaseline) {
      return "baseline";
    }
    // The lowest two bits of the constraints are reserved.
    return profileIdc == MAIN ? "main" : profileIdc + "/" + (constraints & 0x3c);
  }

  /** RFC 6184 section 8.2.2: without level asymmetry both sides use the lower level. */
  H264Profile withLowerLevel(H264Profile other) {
    return other.rank() < rank() ? withLevelOf(other) : this;
  }

  /** The level of another, in the bytes of this profile. */
  H264Profile withLevelOf(H264Profile other) {
    return new H264Profile(profileIdc, constraints, other.level);
  }

  /** Level 1b stands between 1 and 1.1: level_idc 11 with constraint_set3, or 9. */
  private double rank() {
    boolean is1b = level == 9 || (level == 11 && (constraints & 0x10) != 0);
    return is1b ? 10.5 : level;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%02x%02x%02x", profileIdc, constraints, level);
  }
}
