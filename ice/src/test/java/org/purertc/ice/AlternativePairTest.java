package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunMessage;

/** Another pair takes the place of the selected one when it dies, before consent expires. */
class AlternativePairTest {

  private static final InetSocketAddress OTHER = new InetSocketAddress("10.0.0.3", 6000);

  /** An agent whose nominated pair goes to REMOTE; OTHER was checked too. */
  private static ScriptedPeer nominated(IceRole role) {
    ScriptedPeer peer = ScriptedPeer.ready(role);
    peer.remote(OTHER, 1);
    if (role == IceRole.CONTROLLED) {
      peer.advanceAnswering(100);
      peer.check(REMOTE, true);
    }
    peer.advanceAnswering(200);
    assertThat(selected(peer)).isEqualTo(REMOTE);
    return peer;
  }

  private static InetSocketAddress selected(ScriptedPeer peer) {
    CandidatePair pair = peer.agent.selectedPair();
    assertThat(pair).isNotNull();
    return pair.remote().address();
  }

  /** Answers what goes to OTHER and loses the rest. */
  private static void answerOther(ScriptedPeer peer, long untilMs) {
    while (peer.nowNs < untilMs * 1_000_000) {
      peer.advanceBy(5);
      peer.requests().stream().filter(s -> s.to().equals(OTHER)).forEach(peer::answer);
    }
  }

  @Test
  void theControllingSideNominatesWhatAnswersAfterTwoSecondsOfSilence() {
    ScriptedPeer peer = nominated(IceRole.CONTROLLING);
    answerOther(peer, 9_000); // the consent check came at 6 s at the latest
    assertThat(selected(peer)).isEqualTo(OTHER);
    assertThat(peer.states()).doesNotContain(IceTransportState.DISCONNECTED);
    answerOther(peer, 60_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void theNominationOfTheOtherPairSaysUseCandidate() {
    ScriptedPeer peer = nominated(IceRole.CONTROLLING);
    boolean nominatedOther = false;
    while (peer.nowNs < 9_000_000_000L) {
      peer.advanceBy(5);
      for (Sent check : peer.requests()) {
        if (check.to().equals(OTHER)) {
          nominatedOther |= check.message().useCandidate();
          peer.answer(check);
        }
      }
    }
    assertThat(nominatedOther).isTrue();
  }

  @Test
  void theControlledSideChecksAgainAndFollowsALateNomination() {
    ScriptedPeer peer = nominated(IceRole.CONTROLLED);
    answerOther(peer, 9_000);
    assertThat(selected(peer)).isEqualTo(REMOTE);
    peer.check(OTHER, true);
    assertThat(selected(peer)).isEqualTo(OTHER);
  }

  @Test
  void aPairThatAnswersAgainStays() {
    ScriptedPeer peer = nominated(IceRole.CONTROLLING);
    peer.advanceTo(8_500); // silent, and all pairs are being checked again
    List<Sent> checks = peer.requests();
    assertThat(checks).anyMatch(s -> s.to().equals(OTHER));
    checks.stream().filter(s -> s.to().equals(REMOTE)).reduce((a, b) -> b).ifPresent(peer::answer);
    peer.advanceAnswering(30_000);
    assertThat(selected(peer)).isEqualTo(REMOTE);
  }

  @Test
  void aRemovedPathTakesItsPairsWithIt() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    PathId second = new PathId(1);
    InetSocketAddress local = new InetSocketAddress("10.0.1.1", 5000);
    peer.local(local, second);
    peer.advanceAnswering(200);
    assertThat(peer.agent.selectedPath()).isEqualTo(PATH);
    peer.agent.removeLocal(PATH, peer.nowNs);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isFalse();
    peer.advanceAnswering(1_000);
    assertThat(peer.agent.selectedPath()).isEqualTo(second);
    assertThat(peer.agent.statistics()).hasSize(1);
  }

  @Test
  void withoutAnyPathTheAgentIsDisconnectedUntilOneComes() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.advanceAnswering(200);
    peer.agent.removeLocal(PATH, peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    peer.advanceTo(10_000);
    peer.sent();
    PathId second = new PathId(1);
    peer.local(new InetSocketAddress("10.0.1.1", 5000), second);
    peer.advanceAnswering(10_100);
    assertThat(peer.agent.selectedPath()).isEqualTo(second);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void withoutAnyPathForHalfAMinuteItFails() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceAnswering(200);
    peer.agent.removeLocal(PATH, peer.nowNs);
    peer.advanceTo(30_199);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    peer.advanceTo(30_200);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void aLiteRemoteSideKeepsItsPairUntilAnotherIsNominated() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(ScriptedPeer.LOCAL, PATH);
    peer.credentials(true);
    peer.remote(REMOTE);
    peer.advanceAnswering(30_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
    assertThat(peer.sent()).noneMatch(s -> s.message().kind() != StunMessage.Kind.REQUEST);
  }
}
