package org.purertc.sdp;

import java.util.Locale;

/** Direction of media, RFC 8866 section 6.7. */
public enum MediaDirection {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  static MediaDirection of(String word) {
    for (MediaDirection direction : values()) {
      if (direction.toString().equals(word)) {
        return direction;
      }
    }
    throw new IllegalArgumentException(
        "direction must be sendrecv, sendonly, recvonly or inactive");
  }

  public static MediaDirection of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  public boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  public boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  /** The same direction as the other side sees it. */
  public MediaDirection reversed() {
    return of(receives(), sends());
  }

  /** What both directions allow. */
  public MediaDirection intersect(MediaDirection other) {
    return of(sends() && other.sends(), receives() && other.receives());
  }

  /** The word in SDP. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
