package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.ice.sim.SimNetwork;

/** Offers that meet, {@link PerfectNegotiation} on both sides, in virtual time. */
class GlareTest {
  private static final long MS = 1_000_000;
  private static final int ROUND_MS = 2_000;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 200);
  }

  static LongStream moreSeeds() {
    return LongStream.rangeClosed(201, 1_200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void bothSidesEndStableAndEachChannelOpens(long seed) {
    play(seed);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("moreSeeds")
  void bothSidesEndStableAndEachChannelOpensInAThousandRounds(long seed) {
    play(seed);
  }

  private static void play(long seed) {
    Round round = new Round(seed);
    Random random = new Random(seed);
    boolean meetAtOnce = random.nextInt(4) > 0;
    for (GlareSide side : new GlareSide[] {round.polite, round.impolite}) {
      round.at(meetAtOnce ? 0 : random.nextInt(300), side::createChannel);
      for (int channels = random.nextInt(4); channels > 0; channels--) {
        round.at(random.nextInt(ROUND_MS), side::createChannel);
      }
      for (int offers = random.nextInt(5); offers > 0; offers--) {
        round.at(random.nextInt(ROUND_MS), side::negotiateAnyway);
      }
    }
    round.end();
    if (meetAtOnce) {
      assertThat(round.polite.collisions + round.impolite.collisions)
          .as(round.toString())
          .isPositive();
    }
  }

  /** What the round of one seed has: two sides, and the invariants at its end. */
  private static final class Round {
    final PeerPair pair;
    final GlareSide polite;
    final GlareSide impolite;
    private final long seed;

    Round(long seed) {
      this.seed = seed;
      pair = new PeerPair(SimNetwork.with(seed).delayMs(5));
      polite = new GlareSide("polite", pair.a, pair.loop, ~seed);
      impolite = new GlareSide("impolite", pair.b, pair.loop, seed);
      polite.connectTo(impolite);
    }

    void at(long milliseconds, Runnable action) {
      pair.loop.at(milliseconds * MS, action);
    }

    void end() {
      pair.runMs(ROUND_MS);
      boolean complete = pair.runUntil(() -> polite.isComplete() && impolite.isComplete(), 30);
      pair.runMs(1_000);
      assertThat(complete && polite.isComplete() && impolite.isComplete()).as(toString()).isTrue();
      assertThat(polite.failures).as(toString()).isEmpty();
      assertThat(impolite.failures).as(toString()).isEmpty();
      assertThat(polite.offeredWhenNeeded()).as(toString()).isTrue();
      assertThat(impolite.offeredWhenNeeded()).as(toString()).isTrue();
      pair.assertNothingLeft();
    }

    @Override
    public String toString() {
      return "seed " + seed + ": " + polite + "; " + impolite;
    }
  }
}
