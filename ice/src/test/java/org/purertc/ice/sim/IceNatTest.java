package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceTransportState;

/** Two agents behind NATs, each with what a STUN server told it; virtual time. */
class IceNatTest {

  private static final long MS = 1_000_000;
  private static final InetSocketAddress STUN_SERVER = new InetSocketAddress("198.51.100.9", 3478);

  static Stream<Arguments> pairsOfTypes() {
    List<Arguments> pairs = new ArrayList<>();
    for (SimNat.Type a : SimNat.Type.values()) {
      for (SimNat.Type b : SimNat.Type.values()) {
        pairs.add(Arguments.of(a, b));
      }
    }
    return pairs.stream();
  }

  private static IcePair behind(SimNetwork network, SimNat.Type a, SimNat.Type b) {
    SimNat natOfA = network.nat(a, false, "203.0.113.1");
    SimNat natOfB = network.nat(b, false, "203.0.113.2");
    IcePair pair =
        new IcePair(network, network.host(natOfA, "10.1.0.2"), network.host(natOfB, "10.2.0.2"));
    pair.controlling().addServerReflexive(natOfA, STUN_SERVER);
    pair.controlled().addServerReflexive(natOfB, STUN_SERVER);
    pair.exchangeAll();
    return pair;
  }

  /** The five results that a laboratory with real NATs showed. */
  @Test
  void theoryAgreesWithRealNats() {
    assertThat(SimNat.Type.FULL_CONE.reaches(SimNat.Type.SYMMETRIC)).isTrue();
    assertThat(SimNat.Type.ADDRESS_RESTRICTED.reaches(SimNat.Type.SYMMETRIC)).isTrue();
    assertThat(SimNat.Type.PORT_RESTRICTED.reaches(SimNat.Type.PORT_RESTRICTED)).isTrue();
    assertThat(SimNat.Type.PORT_RESTRICTED.reaches(SimNat.Type.SYMMETRIC)).isFalse();
    assertThat(SimNat.Type.SYMMETRIC.reaches(SimNat.Type.SYMMETRIC)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pairsOfTypes")
  void connectsWithinTwoSecondsOrNotAtAll(SimNat.Type a, SimNat.Type b) {
    IcePair pair = behind(SimNetwork.with(1).delayMs(40), a, b);
    boolean completed = pair.runUntilBoth(IceTransportState.COMPLETED, 2_000);
    assertThat(completed).isEqualTo(a.reaches(b));
    if (!completed) {
      assertThat(pair.runUntilBoth(IceTransportState.FAILED, 60_000)).isTrue();
    }
    pair.assertNothingLeft();
  }

  private static void assertConnectsAsTheorySays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimNat.Type[] types = SimNat.Type.values();
    SimNat.Type a = types[random.nextInt(types.length)];
    SimNat.Type b = types[random.nextInt(types.length)];
    int loss = random.nextInt(31);
    SimNetwork network =
        SimNetwork.with(seed)
            .delayMs(5 + random.nextInt(150))
            .jitterMs(random.nextInt(20))
            .lossPercent(loss)
            .reorderPercent(random.nextInt(10))
            .duplicatePercent(random.nextInt(5));
    IcePair pair = behind(network, a, b);
    String what = "seed " + seed + ": " + a + " and " + b + ", loss " + loss + " %";
    boolean completed = pair.runUntilBoth(IceTransportState.COMPLETED, 38_000);
    assertThat(completed).as(what).isEqualTo(a.reaches(b));
    if (completed) {
      assertSamePair(pair, what);
    }
    pair.assertNothingLeft();
  }

  /** Each sends to where the other one's NAT has the port that the other one sends from. */
  private static void assertSamePair(IcePair pair, String what) {
    pair.controlling().send(1);
    pair.controlled().send(2);
    for (int i = 0; i < 50; i++) {
      pair.loop().runFor(100 * MS);
      pair.controlling().send(1);
      pair.controlled().send(2);
    }
    assertThat(pair.controlling().received()).as(what).contains(2);
    assertThat(pair.controlled().received()).as(what).contains(1);
  }

  static LongStream gateSeeds() {
    return LongStream.rangeClosed(1, 200);
  }

  static LongStream longSeeds() {
    return LongStream.rangeClosed(1_001, 2_000);
  }

  @ParameterizedTest
  @MethodSource("gateSeeds")
  void connectsAsTheorySaysOverABadNetwork(long seed) {
    assertConnectsAsTheorySays(seed);
  }

  /** Last run 2026-11-21: 1,000 of 1,000. */
  @Tag("long")
  @ParameterizedTest
  @MethodSource("longSeeds")
  void connectsAsTheorySaysOverAThousandBadNetworks(long seed) {
    assertConnectsAsTheorySays(seed);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void twoHostsBehindOneNatUseItsInsideWhetherItHairpinsOrNot(boolean hairpins) {
    SimNetwork network = SimNetwork.with(2).delayMs(20);
    SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, hairpins, "203.0.113.1");
    IcePair pair =
        new IcePair(network, network.host(nat, "10.1.0.2"), network.host(nat, "10.1.0.3"));
    pair.controlling().addServerReflexive(nat, STUN_SERVER);
    pair.controlled().addServerReflexive(nat, STUN_SERVER);
    pair.exchangeAll();
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 1_000)).isTrue();
    assertThat(pair.controlling().agent().selectedPair().remote().type())
        .isEqualTo(CandidateType.HOST);
    pair.assertNothingLeft();
  }

  @Test
  void hairpinningConnectsWhereInsideAddressesAreHidden() {
    SimNetwork network = SimNetwork.with(3).delayMs(20);
    SimNat nat = network.nat(SimNat.Type.FULL_CONE, true, "203.0.113.1");
    IcePair pair =
        new IcePair(network, network.host(nat, "10.1.0.2"), network.host(nat, "10.1.0.3"));
    for (SimIceEnd end : List.of(pair.controlling(), pair.controlled())) {
      end.candidates().clear();
      end.addServerReflexive(nat, STUN_SERVER);
    }
    pair.exchangeAll();
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 2_000)).isTrue();
    pair.assertNothingLeft();
  }

  /**
   * A NAT that was switched off gives the next datagram another port: the peer's address changes.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void followsAPeerWhoseNatHasForgottenIt(boolean controllingMoves) {
    SimNetwork network = SimNetwork.with(4).delayMs(20);
    SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, false, "203.0.113.1");
    SimHost hidden = network.host(nat, "10.1.0.2");
    SimHost open = network.host("198.51.100.7");
    IcePair pair =
        controllingMoves ? new IcePair(network, hidden, open) : new IcePair(network, open, hidden);
    pair.exchangeAll();
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 2_000)).isTrue();
    SimIceEnd still = controllingMoves ? pair.controlled() : pair.controlling();
    InetSocketAddress before = still.selectedRemote();
    nat.rebind();
    pair.loop().runFor(20_000 * MS);
    assertThat(still.selectedRemote()).isNotEqualTo(before);
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(pair.controlled().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    assertSamePair(pair, "after the change");
    pair.assertNothingLeft();
  }
}
