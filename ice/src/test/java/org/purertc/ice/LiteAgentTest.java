package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.io.Loop;
import org.purertc.ice.sim.IcePair;
import org.purertc.ice.sim.SimNetwork;

/** Our ICE-lite mode, RFC 8445 sections 2.5 and 7.3.2. */
class LiteAgentTest {

  private static ScriptedPeer lite() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING, IceConfig.DEFAULT.withLite(true));
    peer.local(ScriptedPeer.LOCAL, PATH);
    peer.credentials(false);
    peer.remote(REMOTE);
    return peer;
  }

  @Test
  void onlyAnswers() {
    ScriptedPeer peer = lite();
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
    peer.check(REMOTE, false);
    peer.check(REMOTE, true);
    peer.advanceTo(20_000);
    assertThat(peer.sent())
        .hasSize(2)
        .allMatch(s -> s.message().kind() == StunMessage.Kind.SUCCESS);
  }

  @Test
  void usesThePairThatIsNominated() {
    ScriptedPeer peer = lite();
    peer.check(REMOTE, false);
    assertThat(peer.agent.selectedPair()).isNull();
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isTrue();
    peer.check(REMOTE, true);
    assertThat(peer.agent.selectedPair()).isNotNull();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void livesByTheChecksOfTheRemoteSide() {
    ScriptedPeer peer = lite();
    for (int second = 0; second < 60; second += 6) {
      peer.advanceTo(second * 1_000L);
      peer.check(REMOTE, true);
    }
    assertThat(peer.states())
        .containsExactly(IceTransportState.CHECKING, IceTransportState.CONNECTED);
    peer.advanceTo(54_000 + 29_999);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    peer.advanceTo(54_000 + 30_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void staysControlledWhateverTheTieBreakersSay() {
    ScriptedPeer peer = lite();
    peer.tieBreaker = 0;
    peer.check(REMOTE, PATH, true, false);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
  }

  /** Janus, as the side that answers, does not read that the offer is of a lite agent. */
  @ParameterizedTest
  @ValueSource(longs = {0, -1})
  void makesWhoBelievesToBeControlledTakeControl(long tieBreaker) {
    ScriptedPeer peer = lite();
    peer.tieBreaker = tieBreaker;
    peer.check(REMOTE, PATH, false, false);
    StunMessage answer = peer.onlyMessage();
    assertThat(answer.errorCode()).isEqualTo(StunError.ROLE_CONFLICT.code());
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLED);
  }

  @Test
  void failsAtOnceWithAnotherLiteAgent() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING, IceConfig.DEFAULT.withLite(true));
    peer.local(ScriptedPeer.LOCAL, PATH);
    peer.credentials(true);
    peer.remote(REMOTE);
    peer.advanceTo(60_000);
    assertThat(peer.events)
        .singleElement()
        .isInstanceOfSatisfying(
            IceEvent.StateChanged.class,
            change -> {
              assertThat(change.state()).isEqualTo(IceTransportState.FAILED);
              assertThat(change.reason()).contains("both sides are ICE-lite");
            });
    assertThat(peer.agent.nextDeadlineNs()).isEqualTo(Loop.NEVER);
  }

  @Test
  void connectsWithAFullAgent() {
    for (long seed = 1; seed <= 20; seed++) {
      SimNetwork network = SimNetwork.with(seed).delayMs(30).lossPercent((int) seed);
      IcePair pair =
          new IcePair(
              network,
              network.host("10.0.0.1"),
              network.host("10.0.0.2"),
              IceConfig.DEFAULT.withLite(true));
      pair.exchangeAll();
      assertThat(pair.runUntilBoth(IceTransportState.COMPLETED, 20_000))
          .as("seed " + seed)
          .isTrue();
      pair.loop().runFor(100_000_000_000L);
      assertThat(pair.controlled().agent().state()).isEqualTo(IceTransportState.COMPLETED);
      pair.assertNothingLeft();
    }
  }
}
