package org.purertc.internal.media;

/**
 * How long the frames of a track wait so that they come evenly.
 *
 * @param targetNs what the program asked for; -1 for the default
 * @param isForwarded whether senders have the track: whoever plays it smooths it out itself
 * @param extraNs for lip sync
 */
record Smoothing(long targetNs, boolean isForwarded, long extraNs) {
  /** Audio cannot wait longer; a wrong clock of the remote must not fill the video's buffer. */
  private static final long MOST_EXTRA_NS = 1_000_000_000;

  static final Smoothing DEFAULT = new Smoothing(-1, false, 0);

  /** Whether audio is delivered without a delay. */
  boolean isAudioAtOnce() {
    return targetNs == 0 || (targetNs < 0 && isForwarded);
  }

  /** Whether video waits: only for who asked for it. */
  boolean isVideoDelayed() {
    return targetNs > 0;
  }

  /** The least that frames wait. */
  long leastNs() {
    return Math.max(0, targetNs) + Math.min(extraNs, MOST_EXTRA_NS);
  }

  Smoothing withExtra(long changedNs) {
    return new Smoothing(targetNs, isForwarded, changedNs);
  }
}
