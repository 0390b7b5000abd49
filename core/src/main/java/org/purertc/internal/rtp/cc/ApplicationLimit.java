package org.purertc.internal.rtp.cc;

/**
 * Notices when the program sends much less than the path takes (libwebrtc: application-limited
 * region): then what arrives says nothing of what the path could carry.
 */
final class ApplicationLimit {
  /** A program that uses so much of the target is not limited. */
  private static final double USAGE = 0.65;

  private static final long WINDOW_NS = 500_000_000L;
  private static final double START_LEVEL = 0.8;
  private static final double STOP_LEVEL = 0.5;

  private long bitsPerSecond;
  private double unusedBytes;
  private long lastNs;
  private boolean started;
  private boolean active;
  private boolean ended;
  private long sinceNs;

  void setTarget(long targetBitsPerSecond) {
    bitsPerSecond = (long) (USAGE * targetBitsPerSecond);
  }

  void onSent(int bytes, long nowNs) {
    double most = Math.max(1, Rates.bytes(bitsPerSecond, WINDOW_NS));
    if (started) {
      unusedBytes = Math.max(-most, unusedBytes - bytes);
      unusedBytes = Math.min(most, unusedBytes + Rates.bytes(bitsPerSecond, nowNs - lastNs));
    }
    started = true;
    lastNs = nowNs;
    double level = unusedBytes / most;
    if (!active && level > START_LEVEL) {
      active = true;
      sinceNs = nowNs;
    } else if (active && level < STOP_LEVEL) {
      active = false;
      ended = true;
      sinceNs = nowNs;
    }
  }

  boolean isActive() {
    return active;
  }

  boolean endedWithin(long durationNs, long nowNs) {
    return ended && !active && nowNs - sinceNs < durationNs;
  }

  /** When the present state began. */
  long sinceNs() {
    return sinceNs;
  }
}
