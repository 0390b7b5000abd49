package org.purertc.internal.rtp.cc;

/**
 * Compares the trend of the delay with a threshold that adapts to the path, draft-ietf-rmcat-gcc-02
 * section 5.4, with the constants of libwebrtc.
 */
final class OveruseDetector {
  private static final double GAIN = 4;
  private static final int MAX_GROUPS = 60;
  private static final double OVERUSE_TIME_MS = 10;
  private static final double MIN_THRESHOLD = 6;
  private static final double MAX_THRESHOLD = 600;

  /** Outliers beyond the threshold by more do not move it. */
  private static final double MAX_ADAPT_OFFSET = 15;

  private static final double UP = 0.0087;
  private static final double DOWN = 0.039;
  private static final double MAX_STEP_MS = 100;

  private double threshold = 12.5;
  private double previousSlope;
  private double overusingMs = -1;
  private int overuses;
  private long adaptedNs;
  private boolean adapted;
  private BandwidthUsage usage = BandwidthUsage.NORMAL;

  void add(TrendlineEstimator trend, double sendDeltaMs, long arrivalNs) {
    double modified = Math.min(trend.groups(), MAX_GROUPS) * trend.slope() * GAIN;
    if (modified > threshold) {
      overuse(trend.slope(), sendDeltaMs);
    } else {
      overusingMs = -1;
      overuses = 0;
      usage = modified < -threshold ? BandwidthUsage.UNDERUSING : BandwidthUsage.NORMAL;
    }
    previousSlope = trend.slope();
    adapt(Math.abs(modified), arrivalNs);
  }

  private void overuse(double slope, double sendDeltaMs) {
    // The overuse began somewhere between both groups.
    overusingMs = overusingMs < 0 ? sendDeltaMs / 2 : overusingMs + sendDeltaMs;
    overuses++;
    if (overusingMs > OVERUSE_TIME_MS && overuses > 1 && slope >= previousSlope) {
      overusingMs = 0;
      overuses = 0;
      usage = BandwidthUsage.OVERUSING;
    }
  }

  private void adapt(double trend, long arrivalNs) {
    double elapsedMs = adapted ? Math.min((arrivalNs - adaptedNs) / 1e6, MAX_STEP_MS) : 0;
    adapted = true;
    adaptedNs = arrivalNs;
    if (trend <= threshold + MAX_ADAPT_OFFSET) {
      double rate = trend < threshold ? DOWN : UP;
      threshold += rate * (trend - threshold) * Math.max(0, elapsedMs);
      threshold = Math.max(MIN_THRESHOLD, Math.min(MAX_THRESHOLD, threshold));
    }
  }

  BandwidthUsage usage() {
    return usage;
  }
}
