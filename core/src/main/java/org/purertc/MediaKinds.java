package org.purertc;

/** The two enums of the API and of descriptions, which have one name. */
final class MediaKinds {
  private MediaKinds() {}

  static org.purertc.internal.jsep.MediaKind section(MediaKind kind) {
    return org.purertc.internal.jsep.MediaKind.valueOf(kind.name());
  }

  static MediaKind of(org.purertc.internal.jsep.MediaKind section) {
    return MediaKind.valueOf(section.name());
  }

  /** What a MIME type says it is. */
  static MediaKind of(String mimeType) {
    return mimeType.regionMatches(true, 0, "audio/", 0, 6) ? MediaKind.AUDIO : MediaKind.VIDEO;
  }
}
