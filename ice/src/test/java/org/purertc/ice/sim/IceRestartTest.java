package org.purertc.ice.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceCredentials;
import org.purertc.ice.IceEvent;
import org.purertc.ice.IceTransportState;
import org.purertc.ice.PathId;
import org.purertc.ice.io.Loop;

/** ICE restarts of two agents, RFC 8445 section 9. */
class IceRestartTest {

  private static final long MS = 1_000_000;

  private static IcePair completed(long seed) {
    IcePair pair = IcePair.connect(SimNetwork.with(seed).delayMs(20));
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 1_000)).isTrue();
    return pair;
  }

  private static List<IceTransportState> statesSince(SimIceEnd end, int events) {
    List<IceTransportState> states = new ArrayList<>();
    for (IceEvent event : end.events().subList(events, end.events().size())) {
      if (event instanceof IceEvent.StateChanged change) {
        states.add(change.state());
      }
    }
    return states;
  }

  /** Both send a datagram each 10 ms; returns how many. */
  private static int flow(IcePair pair, long untilMs) {
    Loop loop = pair.loop();
    int sent = 0;
    while (loop.nowNs() < untilMs * MS) {
      pair.controlling().send(sent);
      pair.controlled().send(sent);
      sent++;
      pair.loop().runFor(10 * MS);
    }
    return sent;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataFlowsWithoutLossWhoeverRestarts(boolean controllingRestarts) {
    IcePair pair = completed(1);
    SimIceEnd offerer = controllingRestarts ? pair.controlling() : pair.controlled();
    SimIceEnd answerer = controllingRestarts ? pair.controlled() : pair.controlling();
    IceCredentials before = offerer.agent().local();
    int events = offerer.events().size();
    pair.restart(offerer, answerer);
    int sent = flow(pair, 3_000);
    pair.loop().runFor(100 * MS);
    List<Integer> all = IntStream.range(0, sent).map(i -> (byte) i).boxed().toList();
    assertThat(pair.controlling().received()).isEqualTo(all);
    assertThat(pair.controlled().received()).isEqualTo(all);
    assertThat(offerer.agent().local()).isNotEqualTo(before);
    // W3C WebRTC section 5.6.4: begun in completed, a restart causes a transition to connected.
    assertThat(statesSince(offerer, events))
        .containsExactly(IceTransportState.CONNECTED, IceTransportState.COMPLETED);
    pair.assertNothingLeft();
  }

  @Test
  void theOldPairKeepsItsConsentUntilTheAnswerComes() {
    IcePair pair = completed(2);
    pair.controlling()
        .agent()
        .restart(pair.controlling().agent().newCredentials(), pair.loop().nowNs());
    pair.controlling().drain();
    pair.loop().runFor(60_000 * MS);
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.CONNECTED);
    assertThat(pair.controlled().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    pair.controlling().agent().cancelRestart(pair.loop().nowNs());
    pair.controlling().drain();
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    pair.assertNothingLeft();
  }

  @Test
  void aRolledBackRestartLeavesTheOldCredentials() {
    IcePair pair = completed(3);
    var agent = pair.controlling().agent();
    IceCredentials before = agent.local();
    agent.restart(agent.newCredentials(), pair.loop().nowNs());
    IceCredentials offered = agent.local();
    assertThat(agent.localUfrags()).contains(before.ufrag());
    assertThat(agent.localUfrags()).contains(offered.ufrag());
    agent.cancelRestart(pair.loop().nowNs());
    assertThat(agent.local()).isEqualTo(before);
    assertThat(agent.localUfrags()).doesNotContain(offered.ufrag());
    pair.controlling().drain();
    pair.loop().runFor(60_000 * MS);
    assertThat(pair.controlled().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    pair.assertNothingLeft();
  }

  @Test
  void requestsWithTheOldUfragAreAnsweredForTenMoreSeconds() {
    IcePair pair = completed(4);
    String old = pair.controlling().agent().local().ufrag();
    pair.restart(pair.controlling(), pair.controlled());
    pair.loop().runFor(1_000 * MS);
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(pair.controlling().agent().localUfrags()).contains(old);
    pair.loop().runFor(10_000 * MS);
    assertThat(pair.controlling().agent().localUfrags()).doesNotContain(old);
    pair.assertNothingLeft();
  }

  @Test
  void aRestartRevivesAFailedAgent() {
    IcePair pair = completed(5);
    pair.network().cut();
    assertThat(pair.runUntilBoth(IceTransportState.FAILED, 40_000)).isTrue();
    pair.network().restore();
    pair.loop().runFor(5_000 * MS);
    assertThat(pair.controlling().agent().state()).isEqualTo(IceTransportState.FAILED);
    int events = pair.controlled().events().size();
    pair.restart(pair.controlled(), pair.controlling());
    long restartedMs = pair.loop().nowNs() / MS;
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, restartedMs + 1_000)).isTrue();
    assertThat(statesSince(pair.controlled(), events))
        .startsWith(IceTransportState.CHECKING)
        .endsWith(IceTransportState.COMPLETED);
    pair.assertNothingLeft();
  }

  @Test
  void anOutageIsForgottenByARestartAndTheDataGoesOnWithinTwoRoundTrips() {
    IcePair pair = completed(6);
    pair.network().cut();
    assertThat(pair.runUntilBoth(IceTransportState.DISCONNECTED, 20_000)).isTrue();
    int events = pair.controlling().events().size();
    pair.restart(pair.controlling(), pair.controlled());
    pair.loop().runFor(190 * MS);
    pair.network().restore();
    long restoredMs = pair.loop().nowNs() / MS;
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, restoredMs + 100)).isTrue();
    assertThat(statesSince(pair.controlling(), events))
        .startsWith(IceTransportState.CHECKING)
        .endsWith(IceTransportState.COMPLETED)
        .doesNotContain(IceTransportState.DISCONNECTED);
    pair.assertNothingLeft();
  }

  @Test
  void aRestartMovesToAnotherAddress() {
    SimNetwork network = SimNetwork.with(7).delayMs(20);
    SimHost roaming = network.host("10.0.0.1", "10.0.1.1");
    IcePair pair = new IcePair(network, roaming, network.host("10.0.0.2"));
    pair.exchangeAll();
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 2_000)).isTrue();
    pair.controlling().remove(new PathId(0));
    assertThat(pair.controlling().agent().state()).isNotEqualTo(IceTransportState.FAILED);
    pair.restart(pair.controlling(), pair.controlled());
    long restartedMs = pair.loop().nowNs() / MS;
    assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, restartedMs + 600)).isTrue();
    assertThat(pair.controlled().selectedRemote().getAddress().getHostAddress())
        .isEqualTo("10.0.1.1");
    pair.assertNothingLeft();
  }

  @Test
  void restartsOneAfterTheOtherWhileTheFirstOneStillRuns() {
    for (long seed = 1; seed <= 20; seed++) {
      IcePair pair = IcePair.connect(SimNetwork.with(seed).delayMs(60).lossPercent(10));
      assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 20_000)).isTrue();
      long nowNs = pair.loop().nowNs();
      for (int i = 0; i < 4; i++) {
        boolean turn = (seed + i) % 2 == 0;
        pair.loop()
            .at(
                nowNs + i * 250 * MS,
                () ->
                    pair.restart(
                        turn ? pair.controlling() : pair.controlled(),
                        turn ? pair.controlled() : pair.controlling()));
      }
      pair.loop().runFor(1_200 * MS);
      assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, nowNs / MS + 25_000))
          .as("seed %d", seed)
          .isTrue();
      assertThat(pair.controlling().selectedRemote())
          .as("seed %d", seed)
          .isEqualTo(pair.controlled().selectedLocal());
      pair.assertNothingLeft();
    }
  }
}
