package org.purertc.samples.signaling.client;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** How long to wait before the next try: twice as long each time, and never all at once. */
final class Backoff {
  private static final long FIRST_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long MOST_NS = TimeUnit.SECONDS.toNanos(10);

  private final RandomGenerator random;
  private long longestNs = FIRST_NS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Between half of the longest and the longest: after a restart not everybody comes at once. */
  long nextNs() {
    long delayNs = longestNs / 2 + random.nextLong(longestNs / 2 + 1);
    longestNs = Math.min(MOST_NS, 2 * longestNs);
    return delayNs;
  }

  void reset() {
    longestNs = FIRST_NS;
  }
}
