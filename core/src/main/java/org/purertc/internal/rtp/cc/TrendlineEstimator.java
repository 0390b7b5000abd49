package org.purertc.internal.rtp.cc;

/**
 * The slope of the queueing delay: a line fitted through the last groups of packets. It is what
 * libwebrtc puts in place of the Kalman filter of draft-ietf-rmcat-gcc-02 section 5.3.
 */
final class TrendlineEstimator {
  private static final int WINDOW = 20;
  private static final double SMOOTHING = 0.9;
  private static final int MAX_DELTAS = 1000;

  private final double[] arrivalsMs = new double[WINDOW];
  private final double[] delaysMs = new double[WINDOW];
  private int groups;
  private long firstArrivalNs;
  private double accumulatedMs;
  private double smoothedMs;
  private double slope;

  /** Takes how much more apart two groups arrived than they were sent. */
  void add(double deltaMs, long arrivalNs) {
    if (groups == 0) {
      firstArrivalNs = arrivalNs;
    }
    accumulatedMs += deltaMs;
    smoothedMs = SMOOTHING * smoothedMs + (1 - SMOOTHING) * accumulatedMs;
    int at = groups % WINDOW;
    arrivalsMs[at] = (arrivalNs - firstArrivalNs) / 1e6;
    delaysMs[at] = smoothedMs;
    groups = groups == MAX_DELTAS ? MAX_DELTAS - WINDOW + 1 : groups + 1;
    if (groups >= WINDOW) {
      fit();
    }
  }

  /** Linear least squares; keeps the slope when all groups arrived at once. */
  private void fit() {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < WINDOW; i++) {
      meanX += arrivalsMs[i] / WINDOW;
      meanY += delaysMs[i] / WINDOW;
    }
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < WINDOW; i++) {
      double x = arrivalsMs[i] - meanX;
      numerator += x * (delaysMs[i] - meanY);
      denominator += x * x;
    }
    if (denominator > 0) {
      slope = numerator / denominator;
    }
  }

  /** Milliseconds of delay that each millisecond adds. */
  double slope() {
    return slope;
  }

  /** How many groups were compared, up to a bound. */
  int groups() {
    return groups;
  }
}
