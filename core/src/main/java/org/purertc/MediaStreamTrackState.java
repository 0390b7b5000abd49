package org.purertc;

import java.util.Locale;

/**
 * Whether a track still carries something.
 *
 * @see <a href="https://www.w3.org/TR/mediacapture-streams/#dom-mediastreamtrackstate">Media
 *     Capture and Streams 4.3.3, MediaStreamTrackState</a>
 */
public enum MediaStreamTrackState {
  LIVE,
  ENDED;

  /** W3C's word. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
