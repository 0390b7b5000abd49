package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceEvent;
import org.purertc.ice.IceTransportState;

/** Two agents over a simulated network. */
class IcePairTest {

  private static final long MS = 1_000_000;

  @Test
  void connectsInOneRoundTripAndCompletesInTwo() {
    IcePair pair = IcePair.connect(SimNetwork.with(1).delayMs(20));
    assertThat(pair.runUntilBoth(IceTransportState.CONNECTED, 1_000)).isTrue();
    assertThat(pair.loop().nowNs()).isLessThanOrEqualTo(45 * MS);
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 1_000)).isTrue();
    assertThat(pair.loop().nowNs()).isLessThanOrEqualTo(85 * MS);
    pair.assertNothingLeft();
  }

  /** 200 networks: 50 seeds for each loss rate. */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30})
  void agreesOnOnePairOverABadNetwork(int lossPercent) {
    List<Long> completedMs = new ArrayList<>();
    for (long seed = 1; seed <= 50; seed++) {
      SimNetwork network =
          SimNetwork.with(seed * 1_000 + lossPercent)
              .delayMs(seed % 5 * 40)
              .jitterMs(20)
              .lossPercent(lossPercent)
              .reorderPercent(10)
              .duplicatePercent(5);
      IcePair pair = pairOfManyAddresses(network);
      pair.exchangeAll();
      assertCompletes(pair, 20_000);
      completedMs.add(pair.loop().nowNs() / MS);
      pair.assertNothingLeft();
    }
    completedMs.sort(null);
    assertThat(completedMs.get(25)).isLessThan(lossPercent == 0 ? 700 : 3_000);
  }

  /** Hosts with one to three addresses of both families, some of which the other cannot reach. */
  private static IcePair pairOfManyAddresses(SimNetwork network) {
    String[] a = {"10.0.0.1", "2001:db8::1", "fe80::1"};
    String[] b = {"10.0.0.2", "2001:db8::2", "fe80::2"};
    SplittableRandom random = new SplittableRandom(network.seed());
    String[] ours = List.of(a).subList(0, 1 + random.nextInt(3)).toArray(String[]::new);
    String[] theirs = List.of(b).subList(0, 1 + random.nextInt(3)).toArray(String[]::new);
    return new IcePair(network, network.host(ours), network.host(theirs));
  }

  private static void assertCompletes(IcePair pair, long limitMs) {
    long seed = pair.network().seed();
    boolean completed = pair.runUntilBoth(IceTransportState.COMPLETED, limitMs);
    assertThat(completed).as("seed %d completes", seed).isTrue();
    assertSamePair(pair);
  }

  private static void assertSamePair(IcePair pair) {
    long seed = pair.network().seed();
    assertThat(pair.controlling().selectedLocal())
        .as("seed %d", seed)
        .isNotNull()
        .isEqualTo(pair.controlled().selectedRemote());
    assertThat(pair.controlled().selectedLocal())
        .as("seed %d", seed)
        .isEqualTo(pair.controlling().selectedRemote());
  }

  @Test
  void connectsWhenCandidatesTrickleInAnyOrder() {
    for (long seed = 1; seed <= 30; seed++) {
      IcePair pair = pairOfManyAddresses(SimNetwork.with(seed).delayMs(30).lossPercent(5));
      SplittableRandom random = new SplittableRandom(seed);
      trickle(pair, pair.controlling(), pair.controlled(), random);
      trickle(pair, pair.controlled(), pair.controlling(), random);
      assertCompletes(pair, 20_000);
      pair.assertNothingLeft();
    }
  }

  private static void trickle(
      IcePair pair, SimIceEnd to, SimIceEnd about, SplittableRandom random) {
    SimLoop loop = pair.loop();
    long atNs = random.nextInt(500) * MS;
    loop.at(
        atNs,
        () -> {
          to.agent().endOfLocalCandidates(loop.nowNs());
          to.agent().setRemote(about.agent().local(), false, loop.nowNs());
          to.drain();
        });
    for (var candidate : about.candidates()) {
      atNs += random.nextInt(300) * MS;
      loop.at(
          atNs,
          () -> {
            to.agent().addRemote(candidate, loop.nowNs());
            to.drain();
          });
    }
    loop.at(
        atNs,
        () -> {
          to.agent().endOfRemoteCandidates(loop.nowNs());
          to.drain();
        });
  }

  @Test
  void connectsWhenOnlyOneSideKnowsTheOthersCandidates() {
    IcePair pair = new IcePair(SimNetwork.with(3).delayMs(10));
    long nowNs = pair.loop().nowNs();
    // What a browser does that hides its addresses: credentials come, usable candidates do not.
    pair.controlled().agent().setRemote(pair.controlling().agent().local(), false, nowNs);
    pair.tell(pair.controlling(), pair.controlled());
    assertThat(
            pair.loop()
                .runUntil(
                    () -> pair.controlled().agent().state() == IceTransportState.CONNECTED,
                    1_000 * MS))
        .isTrue();
    assertThat(pair.controlled().agent().selectedPair().remote().type())
        .isEqualTo(CandidateType.PEER_REFLEXIVE);
    pair.loop().runFor(1_000 * MS);
    assertSamePair(pair);
    pair.assertNothingLeft();
  }

  @Test
  void survivesAnOutageAndReportsIt() {
    IcePair pair = IcePair.connect(SimNetwork.with(4).delayMs(25));
    assertCompletes(pair, 1_000);
    pair.loop().runUntil(20_000 * MS);
    pair.network().cut();
    assertThat(pair.runUntilBoth(IceTransportState.DISCONNECTED, 20_000 + 12_000)).isTrue();
    pair.network().restore();
    long restoredMs = pair.loop().nowNs() / MS;
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, restoredMs + 600)).isTrue();
    assertSamePair(pair);
    pair.assertNothingLeft();
  }

  @Test
  void failsWhenThePeerIsGone() {
    IcePair pair = IcePair.connect(SimNetwork.with(5).delayMs(25));
    assertCompletes(pair, 1_000);
    pair.controlled().close();
    pair.loop().runFor(36_100 * MS);
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.FAILED);
    long sent = pair.network().sent();
    pair.loop().runFor(100_000 * MS);
    assertThat(pair.network().sent()).as("nothing is sent without consent").isEqualTo(sent);
    pair.assertNothingLeft();
  }

  @Test
  void anIdlePairSendsOneCheckEachInFiveSecondsAndNothingElse() {
    IcePair pair = IcePair.connect(SimNetwork.with(6).delayMs(25));
    assertCompletes(pair, 1_000);
    long sent = pair.network().sent();
    pair.loop().runFor(1_000_000 * MS);
    // 200 intervals, two sides, a request and a response.
    assertThat(pair.network().sent() - sent).isBetween(750L, 850L);
    assertThat(pair.controlling().events())
        .filteredOn(IceEvent.StateChanged.class::isInstance)
        .hasSize(3);
    pair.assertNothingLeft();
  }
}
