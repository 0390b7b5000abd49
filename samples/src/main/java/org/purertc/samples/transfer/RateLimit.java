package org.purertc.samples.transfer;

/**
 * Bytes a second, as a token bucket. May be shared by several senders on several threads.
 *
 * <p>A sender that finds any token in it may take a chunk, which can leave a debt: so chunks need
 * not be cut, and the average is exact.
 */
public final class RateLimit {
  private static final double NS_PER_SECOND = 1e9;

  /** What may be saved up while nobody sends. */
  private static final double BURST_SECONDS = 0.1;

  private final double bytesPerSecond;
  private double tokens;
  private long filledNs;
  private boolean started;

  private RateLimit(double bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  public static RateLimit unlimited() {
    return new RateLimit(Double.POSITIVE_INFINITY);
  }

  /**
   * A limit.
   *
   * @throws IllegalArgumentException when it is not above 0
   */
  public static RateLimit of(long bytesPerSecond) {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("a rate limit is above 0 bytes a second");
    }
    return new RateLimit(bytesPerSecond);
  }

  /** When a chunk may be taken: {@code nowNs} for at once. */
  synchronized long readyNs(long nowNs) {
    if (bytesPerSecond == Double.POSITIVE_INFINITY) {
      return nowNs;
    }
    fill(nowNs);
    return tokens > 0 ? nowNs : nowNs + 1 + (long) (-tokens / bytesPerSecond * NS_PER_SECOND);
  }

  synchronized void take(long bytes) {
    tokens -= bytes;
  }

  private void fill(long nowNs) {
    double burst = bytesPerSecond * BURST_SECONDS;
    if (!started) {
      started = true;
      filledNs = nowNs;
      tokens = burst;
    }
    double elapsed = Math.max(0, nowNs - filledNs) / NS_PER_SECOND;
    tokens = Math.min(burst, tokens + elapsed * bytesPerSecond);
    filledNs = nowNs;
  }
}
