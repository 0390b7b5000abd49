package org.purertc.internal.rtp.jitter;

/** Frozen pictures as W3C's {@code freezeCount} defines them, by the times of release. */
final class Freezes {
  private static final int FRAMES = 30;
  private static final long ADDED_NS = 150_000_000;

  private final long[] intervalsNs = new long[FRAMES];
  private long sumNs;
  private long frames;
  private long lastNs;
  private long count;
  private long totalNs;

  void onFrame(long nowNs) {
    if (frames > 0) {
      onInterval(nowNs - lastNs);
    }
    frames++;
    lastNs = nowNs;
  }

  private void onInterval(long intervalNs) {
    long intervals = Math.min(FRAMES, frames - 1);
    if (intervals > 0) {
      long averageNs = sumNs / intervals;
      if (intervalNs > Math.max(3 * averageNs, averageNs + ADDED_NS)) {
        count++;
        totalNs += intervalNs;
      }
    }
    int slot = (int) ((frames - 1) % FRAMES);
    sumNs += intervalNs - intervalsNs[slot];
    intervalsNs[slot] = intervalNs;
  }

  long count() {
    return count;
  }

  long totalNs() {
    return totalNs;
  }
}
