package org.purertc.internal.rtp.cc;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.Timer;

/**
 * Decides when to probe, as libwebrtc does: at 3 and 6 times the first rate, then at twice of what
 * was found as long as it grows; every 5 s while the program uses little; and after a large drop.
 */
final class ProbeController {
  private static final int[] FIRST_FACTORS = {3, 6};
  private static final int NEXT_FACTOR = 2;

  /** A probe is worth another one when it showed so much of its rate. */
  private static final double FURTHER = 0.7;

  private static final long MAX_WAIT_NS = 1_000_000_000L;
  private static final long LIMITED_INTERVAL_NS = 5_000_000_000L;
  private static final double LARGE_DROP = 0.66;
  private static final double AFTER_DROP = 0.85;
  private static final double UNCERTAINTY = 0.05;
  private static final long LIMIT_ENDED_NS = 3_000_000_000L;
  private static final long DROP_TIMEOUT_NS = 5_000_000_000L;

  /** While data waits for its share it is looked for more, ever less often when there is none. */
  private static final long MIN_DEMAND_INTERVAL_NS = 1_000_000_000L;

  private static final long MAX_DEMAND_INTERVAL_NS = 32_000_000_000L;
  private static final double GROWN = 1.2;

  /** With the most that the program wants, probing up to twice of it is enough. */
  private static final int WANTED_FACTOR = 2;

  private static final int MAX_CLUSTERS = 8;

  private final Queue<ProbeCluster> clusters = new ArrayDeque<>();
  private int lastId;
  private long maxBitsPerSecond;
  private long wantedBitsPerSecond = Long.MAX_VALUE / WANTED_FACTOR;
  private long estimate;

  /** What the estimate must exceed to probe further; 0 when no result is awaited. */
  private long furtherAbove;

  private boolean begun;
  private boolean sentSince;
  private long probedNs;
  private long beforeDrop;
  private long droppedNs;
  private long recoveredNs;
  private boolean recovered;
  private long demandIntervalNs = MIN_DEMAND_INTERVAL_NS;
  private long beforeDemand;

  ProbeController(long startBitsPerSecond, long maxBitsPerSecond) {
    this.estimate = startBitsPerSecond;
    this.maxBitsPerSecond = maxBitsPerSecond;
  }

  void setMax(long newMaxBitsPerSecond) {
    maxBitsPerSecond = newMaxBitsPerSecond;
  }

  /** The most that the program wants to send; more than it has now is looked for at once. */
  void setWanted(long newWantedBitsPerSecond, long nowNs) {
    boolean more = newWantedBitsPerSecond > wantedBitsPerSecond;
    wantedBitsPerSecond = newWantedBitsPerSecond;
    if (more && begun && furtherAbove == 0 && estimate < newWantedBitsPerSecond) {
      probe(newWantedBitsPerSecond, nowNs);
    }
  }

  private long most() {
    return Math.min(maxBitsPerSecond, WANTED_FACTOR * wantedBitsPerSecond);
  }

  /** A packet leaves; with the first one probing begins. */
  void onSent(long nowNs) {
    sentSince = true;
    if (!begun) {
      begun = true;
      for (int factor : FIRST_FACTORS) {
        probeFurther(factor * estimate, nowNs);
      }
    }
  }

  private void probeFurther(long bitsPerSecond, long nowNs) {
    boolean limited = bitsPerSecond > most();
    probe(bitsPerSecond, nowNs);
    furtherAbove = limited ? 0 : (long) (FURTHER * bitsPerSecond);
  }

  private void probe(long bitsPerSecond, long nowNs) {
    long rate = Math.min(bitsPerSecond, most());
    if (rate > estimate && clusters.size() < MAX_CLUSTERS) {
      clusters.add(ProbeCluster.of(++lastId, rate));
    }
    probedNs = nowNs;
    sentSince = false;
    furtherAbove = 0;
  }

  void onEstimate(long bitsPerSecond, long nowNs) {
    if (furtherAbove > 0 && nowNs - probedNs > MAX_WAIT_NS) {
      furtherAbove = 0;
    }
    long before = estimate;
    estimate = bitsPerSecond;
    if (furtherAbove > 0 && bitsPerSecond > furtherAbove) {
      probeFurther(NEXT_FACTOR * bitsPerSecond, nowNs);
    }
    if (bitsPerSecond < LARGE_DROP * before) {
      beforeDrop = before;
      droppedNs = nowNs;
    }
  }

  /** The queues are empty again: was a large drop only a short trouble? */
  void onRecovered(ApplicationLimit limit, long nowNs) {
    long rate = (long) (AFTER_DROP * beforeDrop);
    boolean limited = limit.isActive() || limit.endedWithin(LIMIT_ENDED_NS, nowNs);
    boolean again = recovered && nowNs - recoveredNs <= LIMITED_INTERVAL_NS;
    if (limited
        && !again
        && furtherAbove == 0
        && nowNs - droppedNs < DROP_TIMEOUT_NS
        && (1 - UNCERTAINTY) * rate > estimate) {
      recovered = true;
      recoveredNs = nowNs;
      probe(rate, nowNs);
    }
  }

  /** More waits than the estimate lets through. */
  void onDemand(long nowNs) {
    if (begun && furtherAbove == 0 && nowNs - probedNs >= demandIntervalNs) {
      boolean grown = estimate > GROWN * beforeDemand;
      demandIntervalNs =
          grown ? MIN_DEMAND_INTERVAL_NS : Math.min(2 * demandIntervalNs, MAX_DEMAND_INTERVAL_NS);
      beforeDemand = estimate;
      probeFurther(NEXT_FACTOR * estimate, nowNs);
    }
  }

  /** When to call {@link #onDeadline}. */
  long nextDeadlineNs(ApplicationLimit limit) {
    if (!sentSince || !limit.isActive() || estimate >= most()) {
      return Timer.NEVER;
    }
    return Math.max(limit.sinceNs(), probedNs) + LIMITED_INTERVAL_NS;
  }

  void onDeadline(ApplicationLimit limit, long nowNs) {
    if (nowNs >= nextDeadlineNs(limit)) {
      probeFurther(NEXT_FACTOR * estimate, nowNs);
    }
  }

  @Nullable ProbeCluster poll() {
    return clusters.poll();
  }
}
