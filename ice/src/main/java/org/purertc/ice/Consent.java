package org.purertc.ice;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/** Consent freshness of the selected pair, RFC 7675 section 5.1. */
final class Consent {

  private static final long ANSWERED = -1;

  /** Checks of many sessions that are due at about the same time wake their loop once. */
  private static final long GRID_NS = 20_000_000L;

  private final IceConfig config;
  private final RandomGenerator random;
  private @Nullable CheckPair pair;
  private long nextCheckNs = Loop.NEVER;
  private long lastAnswerNs;
  private long unansweredSinceNs = ANSWERED;
  private long lastAskedSoonNs = Long.MIN_VALUE;
  private boolean asksSoon;
  private boolean silent;
  private boolean unacknowledged;
  private boolean doubted;
  private boolean confirmed;

  Consent(IceConfig config, RandomGenerator random) {
    this.config = config;
    this.random = random;
  }

  /** A pair was selected; a recent answer on it counts, an old one is asked for again. */
  void start(CheckPair selected, long nowNs) {
    pair = selected;
    unansweredSinceNs = ANSWERED;
    silent = false;
    unacknowledged = false;
    doubted = false;
    confirmed = false;
    boolean fresh = nowNs - selected.lastAnswerNs < config.consentIntervalNs();
    lastAnswerNs = fresh ? selected.lastAnswerNs : nowNs;
    nextCheckNs = fresh ? afterInterval(nowNs) : nowNs;
  }

  void stop() {
    pair = null;
    nextCheckNs = Loop.NEVER;
    unansweredSinceNs = ANSWERED;
  }

  /** An authenticated response came on the selected pair; for a lite agent a request. */
  void onAnswer(long nowNs) {
    confirmed |= doubted || isOverdue(nowNs);
    unacknowledged = false;
    doubted = false;
    lastAnswerNs = nowNs;
    silent = false;
    if (unansweredSinceNs != ANSWERED || config.lite()) {
      unansweredSinceNs = ANSWERED;
      nextCheckNs = afterInterval(nowNs);
    }
  }

  /** The pair to check now, or null. */
  @Nullable CheckPair due(long nowNs) {
    if (nowNs < nextCheckNs) {
      return null;
    }
    if (config.lite()) {
      // It sends no checks: here the remote side's are overdue.
      unansweredSinceNs = nowNs;
      nextCheckNs = Loop.NEVER;
      return null;
    }
    if (asksSoon) {
      asksSoon = false;
      lastAskedSoonNs = nowNs;
    }
    if (unansweredSinceNs == ANSWERED) {
      unansweredSinceNs = nowNs;
      nextCheckNs = nowNs + (unacknowledged ? answerNs() : config.consentSilenceNs());
    } else {
      doubted |= unacknowledged;
      nextCheckNs = nowNs + config.consentRetryNs();
    }
    return pair;
  }

  /** The pair may be down: asks soon rather than when the interval is over. */
  void askSoon(long nowNs) {
    if (pair != null) {
      doubted = true;
      asksSoon = true;
      boolean justAsked = lastAskedSoonNs > nowNs - config.consentRetryNs();
      long soonNs = justAsked ? lastAskedSoonNs + config.consentRetryNs() : nowNs;
      nextCheckNs = Math.min(nextCheckNs, soonNs);
    }
  }

  /**
   * The remote side did not acknowledge what was sent over the pair. That may have been lost alone:
   * asks at once, and only when this check is not answered either does an answer confirm the path.
   */
  void onUnacknowledged(long nowNs) {
    if (pair == null || unacknowledged) {
      return;
    }
    unacknowledged = true;
    if (config.lite()) {
      doubted = true; // it cannot ask: the remote side's next check tells
      return;
    }
    boolean asked = unansweredSinceNs != ANSWERED;
    long soonNs = asked ? Math.max(nowNs, unansweredSinceNs + answerNs()) : nowNs;
    nextCheckNs = Math.min(nextCheckNs, soonNs);
  }

  /** How long an answer may take on a path that works. */
  private long answerNs() {
    long roundTripNs = pair == null ? 0 : pair.roundTripNs;
    return Math.min(config.consentSilenceNs(), Math.max(config.consentRetryNs(), 2 * roundTripNs));
  }

  /** Whether an answer has come after silence, or to a path in doubt; told once. */
  boolean takeConfirmed() {
    boolean taken = confirmed;
    confirmed = false;
    return taken;
  }

  /** RFC 7675 section 5.1: a random interval, so that agents do not beat in time. */
  private long afterInterval(long nowNs) {
    if (config.lite()) {
      return nowNs + 2 * config.consentIntervalNs(); // longer than any of the remote side's
    }
    long least = config.consentIntervalNs() * 4 / 5;
    long range = Math.max(0, config.consentIntervalNs() * 2 / 5 - GRID_NS);
    long next = nowNs + least + (long) (range * random.nextDouble());
    return next + Math.floorMod(-next, GRID_NS);
  }

  /** Whether checks have gone unanswered for so long that the path may be down. */
  boolean isSilent(long nowNs) {
    silent =
        pair != null
            && unansweredSinceNs != ANSWERED
            && nowNs - unansweredSinceNs >= config.disconnectedAfterNs();
    return silent;
  }

  /** Whether an answer takes longer than any that still comes. */
  boolean isOverdue(long nowNs) {
    return unansweredSinceNs != ANSWERED && nowNs - unansweredSinceNs >= config.consentSilenceNs();
  }

  boolean isExpired(long nowNs) {
    return pair != null && nowNs - lastAnswerNs >= config.consentTimeoutNs();
  }

  long nextDeadlineNs() {
    if (pair == null) {
      return Loop.NEVER;
    }
    long next = nextCheckNs;
    if (unansweredSinceNs != ANSWERED) {
      next = Math.min(next, lastAnswerNs + config.consentTimeoutNs());
      if (!silent) {
        next = Math.min(next, unansweredSinceNs + config.disconnectedAfterNs());
      }
    }
    return next;
  }
}
