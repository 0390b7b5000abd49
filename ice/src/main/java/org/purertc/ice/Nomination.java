package org.purertc.ice;

import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;

/** Which valid pair becomes the selected one, RFC 8445 section 8.1. */
final class Nomination {

  /** How long a better pair gets after the first valid one, at least and at most. */
  private static final long MIN_PATIENCE_NS = 50_000_000;

  private static final long MAX_PATIENCE_NS = 500_000_000;

  /**
   * Before a relayed pair. The first check of a direct one is lost where the other side's NAT is
   * still closed; its repetition, 500 ms later, and the answer should have come by then.
   */
  private static final long DETOUR_PATIENCE_NS = 1_000_000_000;

  /**
   * A nomination of lower priority than the present one wins when the present one was not repeated
   * for so long. Aggressive nominators (RFC 5245 section 8.1.1.2) nominate each pair once, within a
   * second or two, and mean the best; libwebrtc repeats the nomination of the pair it sends on.
   */
  static final long REPEAT_NS = 2_000_000_000;

  private final boolean renominates;
  private @Nullable CheckPair directBefore;
  private @Nullable CheckPair nominating;
  private @Nullable CheckPair nominated;
  private long validSinceNs = Loop.NEVER;
  private long waitUntilNs = Loop.NEVER;
  private long highestValue;

  /**
   * @param renominates whether a better pair takes the place of a nominated one that works
   */
  Nomination(boolean renominates) {
    this.renominates = renominates;
  }

  /** A restart: data went over this pair before, and it passes no relay. */
  void follow(CheckPair direct) {
    directBefore = direct;
  }

  @Nullable CheckPair nominated() {
    return nominated;
  }

  /**
   * As controlling agent: the pair to nominate now, once. Regular nomination: the best valid pair
   * when no better one can come, or after a short wait.
   *
   * @param seeking whether the nominated pair is silent and another one is wanted
   * @param complete whether all candidates of both sides are known
   */
  @Nullable CheckPair choose(CheckList list, boolean seeking, boolean complete, long nowNs) {
    CheckPair present = nominated;
    boolean isFinal = present != null && !seeking && !renominates;
    if (nominating != null || isFinal) {
      return null;
    }
    CheckPair best = list.bestValid(present);
    boolean improves =
        present == null || seeking || best != null && best.priority > present.priority;
    if (best == null || !improves) {
      stopWaiting();
      return null;
    }
    boolean mayImprove = list.mayImproveOn(best) || !complete && mayBeDetour(best);
    if (mayImprove && waits(best, nowNs)) {
      return null;
    }
    stopWaiting();
    nominating = best;
    return best;
  }

  /** Data flows over a valid pair meanwhile; what is nominated stays for the whole call. */
  private boolean waits(CheckPair best, long nowNs) {
    if (validSinceNs == Loop.NEVER) {
      validSinceNs = nowNs;
    }
    long twoTripsNs = Math.max(MIN_PATIENCE_NS, 2 * best.roundTripNs);
    waitUntilNs =
        validSinceNs
            + (mayBeDetour(best) ? DETOUR_PATIENCE_NS : Math.min(MAX_PATIENCE_NS, twoTripsNs));
    return nowNs < waitUntilNs;
  }

  /**
   * Whether a direct pair may come later. An address of which only checks told us is no relay's
   * where data went straight to the same host before the restart.
   */
  private boolean mayBeDetour(CheckPair pair) {
    CheckPair before = directBefore;
    boolean knownDirect =
        before != null
            && pair.remote().type() == CandidateType.PEER_REFLEXIVE
            && pair.joinsHostsOf(before);
    return pair.mayBeRelayed() && !knownDirect;
  }

  private void stopWaiting() {
    validSinceNs = Loop.NEVER;
    waitUntilNs = Loop.NEVER;
  }

  /** As controlling agent: the check with USE-CANDIDATE was answered. */
  void onAnswer(CheckPair pair) {
    nominating = null;
    nominated = pair;
  }

  /**
   * As controlled agent: USE-CANDIDATE came for a valid pair.
   *
   * @return whether another pair is nominated now
   */
  boolean onRequest(CheckPair pair, long nowNs) {
    CheckPair present = nominated;
    pair.lastNominationNs = nowNs;
    highestValue = Math.max(highestValue, pair.nominationValue);
    boolean wins = pair != present && wins(pair, present, nowNs);
    if (wins) {
      nominated = pair;
    }
    return wins;
  }

  private boolean wins(CheckPair pair, @Nullable CheckPair present, long nowNs) {
    if (pair.nominationValue > 0) {
      // draft-thatcher-ice-renomination section 4: the highest value wins, whatever the priority.
      return present == null || pair.nominationValue >= highestValue;
    }
    return present == null
        || !present.isValid()
        || pair.priority > present.priority
        || nowNs - present.lastNominationNs >= REPEAT_NS;
  }

  /** As controlling agent: the check with USE-CANDIDATE got lost; the next choice is free. */
  void onNoAnswer(CheckPair pair) {
    if (nominating == pair) {
      nominating = null;
    }
  }

  /** The pair works no more. */
  void onFailure(CheckPair pair) {
    onNoAnswer(pair);
    if (nominated == pair) {
      nominated = null;
    }
  }

  /** The other side nominates from now on, or we do. */
  void onRoleChange() {
    nominating = null;
    stopWaiting();
  }

  long nextDeadlineNs() {
    return waitUntilNs;
  }

  void clear() {
    nominating = null;
    nominated = null;
    stopWaiting();
  }
}
