package org.purertc.internal.rtp;

import java.util.random.RandomGenerator;
import org.purertc.internal.util.Timer;

/**
 * When the next regular report is due, RFC 3550 section 6.3: at a random time around an interval.
 * As in browsers the interval is fixed: two participants are far below 5 % of the bandwidth.
 */
final class RtcpSchedule {
  static final long AUDIO_INTERVAL_NS = 5_000_000_000L;
  static final long VIDEO_INTERVAL_NS = 1_000_000_000L;

  private final RandomGenerator random;
  private final Timer timer = new Timer();

  RtcpSchedule(RandomGenerator random) {
    this.random = random;
  }

  /** RFC 3550 section 6.2: the first report comes after half of the interval. */
  void start(long intervalNs, long nowNs) {
    timer.start(nowNs, randomized(intervalNs / 2));
  }

  /** Whether a report is due; the next one is then an interval away. */
  boolean takeDue(long intervalNs, long nowNs) {
    if (!timer.expire(nowNs)) {
      return false;
    }
    timer.start(nowNs, randomized(intervalNs));
    return true;
  }

  /** RFC 3550 section 6.3.1: 0.5 to 1.5 times, so that ends do not report in step. */
  private long randomized(long intervalNs) {
    return intervalNs / 2 + random.nextLong(intervalNs);
  }

  void stop() {
    timer.stop();
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }
}
