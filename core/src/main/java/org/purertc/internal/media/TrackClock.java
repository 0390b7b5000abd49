package org.purertc.internal.media;

/** One time line for a track, in microseconds from 0, over all streams that it comes in. */
final class TrackClock {
  private boolean based;
  private long baseTimestamp;
  private long baseUs;
  private long lastUs;
  private long lastNs;
  private boolean begun;

  /** Another stream, or a stream that began anew: its timestamps have nothing to do with before. */
  void rebase() {
    based = false;
  }

  /**
   * @param timestamp unwrapped
   * @param originNs when time began
   */
  long us(long timestamp, int clockRate, long originNs, long nowNs) {
    if (!based) {
      based = true;
      baseTimestamp = timestamp;
      // As much later as it came later.
      baseUs = begun ? lastUs + Math.max(1, (nowNs - lastNs) / 1_000) : (nowNs - originNs) / 1_000;
    }
    long us = baseUs + toUs(timestamp - baseTimestamp, clockRate);
    begun = true;
    if (us >= lastUs) {
      lastUs = us;
      lastNs = nowNs;
    }
    return us;
  }

  static long toUs(long ticks, int clockRate) {
    long seconds = Math.floorDiv(ticks, (long) clockRate);
    long rest = Math.floorMod(ticks, (long) clockRate);
    return seconds * 1_000_000L + (rest * 1_000_000L + clockRate / 2) / clockRate;
  }
}
