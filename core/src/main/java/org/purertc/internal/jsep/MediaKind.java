package org.purertc.internal.jsep;

import java.util.Locale;

/** What a media section carries, RFC 8866 section 5.14. */
public enum MediaKind {
  AUDIO,
  VIDEO;

  /** The word in SDP. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
