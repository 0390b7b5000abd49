package org.purertc.internal.rtp.jitter;

/**
 * How probable each delay is, in buckets of equal width; the past fades. At first it fades faster,
 * so that few values do for an estimate.
 */
final class DelayHistogram {
  private final double[] probabilities;
  private final double forgetFactor;
  private final double startForgetWeight;
  private long count;

  /**
   * @param forgetFactor what is left of a probability after each value
   * @param startForgetWeight after n values the factor is at most 1 - weight / (n + 1); 0 for none
   */
  DelayHistogram(int buckets, double forgetFactor, double startForgetWeight) {
    this.probabilities = new double[buckets];
    this.forgetFactor = forgetFactor;
    this.startForgetWeight = startForgetWeight;
  }

  boolean isEmpty() {
    return count == 0;
  }

  int buckets() {
    return probabilities.length;
  }

  double probability(int bucket) {
    return probabilities[bucket];
  }

  void add(int bucket) {
    count++;
    double factor =
        startForgetWeight > 0
            ? Math.max(0, Math.min(forgetFactor, 1 - startForgetWeight / (count + 1)))
            : count == 1 ? 0 : forgetFactor;
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] *= factor;
    }
    probabilities[Math.min(bucket, probabilities.length - 1)] += 1 - factor;
  }

  /** The lowest bucket such that a value lies there or below with this probability. */
  int quantile(double probability) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      sum += probabilities[i];
      if (sum >= probability) {
        return i;
      }
    }
    return probabilities.length - 1;
  }
}
