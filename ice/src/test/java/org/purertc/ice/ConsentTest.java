package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.io.Loop;

/** Consent freshness, RFC 7675, and the states that come of it. */
class ConsentTest {

  /** A controlled agent whose only pair is valid and nominated at time 0. */
  private static ScriptedPeer connected() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.agent.endOfLocalCandidates(peer.nowNs);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.answer(peer.onlyRequest());
    peer.check(REMOTE, true);
    peer.sent();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
    return peer;
  }

  @Test
  void asksEveryFourToSixSecondsAndAlwaysAnew() {
    ScriptedPeer peer = connected();
    long before = 0;
    var ids = new HashSet<Object>();
    for (int i = 0; i < 20; i++) {
      long dueMs = peer.agent.nextDeadlineNs() / 1_000_000;
      assertThat(dueMs - before).isBetween(4_000L - 1, 6_000L);
      peer.advanceTo(dueMs + 1);
      Sent check = peer.onlyRequest();
      ids.add(check.message().id());
      peer.answer(check);
      before = dueMs + 1;
    }
    assertThat(ids).hasSize(20);
    assertThat(peer.states()).endsWith(IceTransportState.COMPLETED);
  }

  @Test
  void whatManySessionsAskIsDueTogether() {
    ScriptedPeer peer = connected();
    for (int i = 0; i < 20; i++) {
      long dueNs = peer.agent.nextDeadlineNs();
      assertThat(dueNs % 20_000_000).isZero();
      peer.advanceTo(dueNs / 1_000_000 + 3);
      peer.answer(peer.onlyRequest());
    }
  }

  @Test
  void asksEveryHalfSecondAfterTwoSecondsOfSilence() {
    ScriptedPeer peer = connected();
    peer.advanceTo(12_000);
    List<Long> times = peer.requests().stream().map(Sent::atMs).toList();
    long first = times.get(0);
    assertThat(first).isBetween(4_000L, 6_000L);
    assertThat(times.subList(1, 5))
        .containsExactly(first + 2_000, first + 2_500, first + 3_000, first + 3_500);
  }

  @Test
  void isDisconnectedAfterFiveSecondsWithoutAnswerAndBackWithTheNextOne() {
    ScriptedPeer peer = connected();
    long asked = peer.agent.nextDeadlineNs() / 1_000_000 + 1;
    peer.advanceTo(asked + 4_998);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
    peer.advanceTo(asked + 5_001);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    assertThat(peer.agent.selectedPair()).isNotNull();
    List<Sent> checks = peer.requests();
    peer.answer(checks.get(checks.size() - 1));
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(peer.states())
        .endsWith(
            IceTransportState.COMPLETED,
            IceTransportState.DISCONNECTED,
            IceTransportState.COMPLETED);
  }

  @Test
  void anAnswerToAnOlderCheckCountsToo() {
    ScriptedPeer peer = connected();
    peer.advanceTo(14_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    List<Sent> checks = peer.requests();
    peer.answer(checks.get(checks.size() - 4));
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  @Test
  void consentExpiresThirtySecondsAfterTheLastAnswer() {
    ScriptedPeer peer = connected();
    peer.advanceTo(29_999);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    peer.advanceTo(30_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
    assertThat(peer.agent.selectedPath()).isNull();
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isFalse();
    assertThat(peer.agent.nextDeadlineNs()).isEqualTo(Loop.NEVER);
    peer.sent();
    peer.check(REMOTE, true);
    peer.advanceTo(90_000);
    assertThat(peer.sent()).isEmpty();
  }

  @Test
  void checksOfTheRemoteSideAreNoConsent() {
    ScriptedPeer peer = connected();
    for (int second = 1; second < 30; second++) {
      peer.advanceTo(second * 1_000);
      peer.check(REMOTE, true);
    }
    peer.advanceTo(30_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  private static long confirmations(ScriptedPeer peer) {
    return peer.events.stream().filter(IceEvent.PathConfirmed.class::isInstance).count();
  }

  @Test
  void anAnswerAfterSilenceConfirmsThePathOnce() {
    ScriptedPeer peer = connected();
    peer.advanceTo(9_000);
    List<Sent> checks = peer.requests();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(confirmations(peer)).isZero();
    peer.answer(checks.get(checks.size() - 1));
    assertThat(confirmations(peer)).isOne();
    peer.answer(checks.get(checks.size() - 2));
    peer.advanceAnswering(60_000);
    assertThat(confirmations(peer)).isOne();
  }

  @Test
  void aRestartAsksThePairAtOnceAndItsAnswerConfirmsThePath() {
    ScriptedPeer peer = connected();
    peer.advanceTo(1_000);
    peer.agent.restart(peer.agent.newCredentials(), peer.nowNs);
    peer.advanceTo(1_000);
    Sent check = peer.onlyRequest();
    assertThat(check.atMs()).isEqualTo(1_000);
    peer.answer(check);
    peer.advanceTo(1_000);
    assertThat(confirmations(peer)).isOne();
  }

  @Test
  void restartsOneAfterTheOtherAskTwiceASecond() {
    ScriptedPeer peer = connected();
    for (int i = 0; i < 100; i++) {
      peer.advanceTo(1_000 + i * 10);
      peer.agent.restart(peer.agent.newCredentials(), peer.nowNs);
    }
    peer.advanceTo(1_999);
    assertThat(peer.requests()).extracting(Sent::atMs).containsExactly(1_000L, 1_500L);
  }

  @Test
  void whatIsNotAcknowledgedIsAskedForAtOnceAndTwiceASecond() {
    ScriptedPeer peer = connected();
    for (int i = 0; i < 10; i++) {
      peer.advanceTo(1_000 + i * 100);
      peer.agent.onUnacknowledged(peer.nowNs);
    }
    peer.advanceTo(2_100);
    List<Sent> checks = peer.requests();
    assertThat(checks).extracting(Sent::atMs).containsExactly(1_000L, 1_500L, 2_000L);
    assertThat(confirmations(peer)).isZero();
    peer.answer(checks.get(2));
    assertThat(confirmations(peer)).isOne();
  }

  /** What was sent was lost alone, and its sender goes slowly for good reason. */
  @Test
  void anAnswerToTheFirstCheckIsNoNews() {
    ScriptedPeer peer = connected();
    peer.advanceTo(1_000);
    peer.agent.onUnacknowledged(peer.nowNs);
    peer.advanceTo(1_000);
    peer.answer(peer.onlyRequest());
    assertThat(confirmations(peer)).isZero();
    assertThat(peer.agent.nextDeadlineNs() / 1_000_000).isBetween(5_000L - 1, 7_000L);
  }

  @Test
  void keepsFewUnansweredChecks() {
    ScriptedPeer peer = connected();
    peer.advanceTo(29_000);
    List<Sent> checks = peer.requests();
    assertThat(peer.answer(checks.get(0))).isFalse(); // forgotten after 8 s
    assertThat(peer.answer(checks.get(checks.size() - 1))).isTrue();
  }
}
