package org.purertc;

import java.util.Locale;

/** What a track carries: W3C's {@code "audio"} and {@code "video"}. */
public enum MediaKind {
  AUDIO,
  VIDEO;

  /** W3C's word. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
