package org.purertc.internal.rtp.cc;

/**
 * The rate at which packets arrive at the other side, as an estimate that follows large changes
 * slowly, in the manner of libwebrtc's Bayesian one.
 */
final class AcknowledgedRate {
  private static final long FIRST_WINDOW_NS = 500_000_000L;
  private static final long WINDOW_NS = 150_000_000L;
  private static final double UNCERTAINTY = 10;

  /** A program that sends little says little of the path. */
  private static final double LIMITED_UNCERTAINTY = 20;

  private static final double DRIFT = 5;
  private static final double FIRST_VARIANCE = 50;
  private static final double VARIANCE_AFTER_LIMIT = 200;

  private double kilobits = -1;
  private double variance = FIRST_VARIANCE;
  private long windowNs;
  private long lastNs;
  private boolean started;
  private long bytesInWindow;
  private boolean limited;

  /** Whether the program, not the path, limits what is sent. */
  void setApplicationLimited(boolean nowLimited) {
    if (limited && !nowLimited) {
      variance += VARIANCE_AFTER_LIMIT;
    }
    limited = nowLimited;
  }

  void add(int bytes, long arrivalNs) {
    long sample = sample(arrivalNs);
    bytesInWindow += bytes;
    if (sample < 0) {
      return;
    }
    double sampled = sample / 1e3;
    if (kilobits < 0) {
      kilobits = sampled;
      return;
    }
    double scale = limited && sampled < kilobits ? LIMITED_UNCERTAINTY : UNCERTAINTY;
    double uncertainty = scale * Math.abs(kilobits - sampled) / Math.max(kilobits, 1);
    double sampleVariance = uncertainty * uncertainty;
    double predicted = variance + DRIFT;
    double sum = sampleVariance + predicted;
    kilobits = (sampleVariance * kilobits + predicted * sampled) / sum;
    variance = sampleVariance * predicted / sum;
  }

  /** The rate of the window that ends now; -1 when none does. */
  private long sample(long arrivalNs) {
    long length = kilobits < 0 ? FIRST_WINDOW_NS : WINDOW_NS;
    if (!started || arrivalNs < lastNs - WINDOW_NS) {
      started = true;
      lastNs = arrivalNs;
      windowNs = 0;
      bytesInWindow = 0;
      return -1;
    }
    long elapsedNs = Math.max(0, arrivalNs - lastNs);
    windowNs += elapsedNs;
    lastNs = Math.max(lastNs, arrivalNs);
    if (elapsedNs > length) {
      // A gap: what came before it tells of another time.
      bytesInWindow = 0;
      windowNs %= length;
    }
    if (windowNs < length) {
      return -1;
    }
    long rate = Rates.bitsPerSecond(bytesInWindow, windowNs);
    windowNs = 0;
    bytesInWindow = 0;
    return rate;
  }

  boolean isKnown() {
    return kilobits >= 0;
  }

  long bitsPerSecond() {
    return (long) (kilobits * 1e3);
  }
}
