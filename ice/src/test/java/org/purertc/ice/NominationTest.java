package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunMessage;

/** Which pair is selected, RFC 8445 section 8.1. */
class NominationTest {

  private static final InetSocketAddress BEST = new InetSocketAddress("10.0.0.2", 6000);
  private static final InetSocketAddress WORSE = new InetSocketAddress("10.0.0.3", 6000);

  /** An agent with two remote candidates that has checked both. */
  private static ScriptedPeer withTwo(IceRole role) {
    ScriptedPeer peer = ScriptedPeer.ready(role);
    peer.remote(WORSE, 1);
    peer.advanceTo(20);
    return peer;
  }

  private static void complete(ScriptedPeer peer) {
    peer.agent.endOfLocalCandidates(peer.nowNs);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
  }

  private static @Nullable InetSocketAddress selected(ScriptedPeer peer) {
    CandidatePair pair = peer.agent.selectedPair();
    return pair == null ? null : pair.remote().address();
  }

  @Test
  void theControllingSideNominatesTheBestPairAtOnce() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    complete(peer);
    Sent check = peer.onlyRequest();
    peer.advanceTo(10);
    peer.answer(check);
    Sent nomination = peer.onlyRequest();
    assertThat(nomination.message().useCandidate()).isTrue();
    assertThat(nomination.atMs()).isEqualTo(10);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
    peer.answer(nomination);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  @Test
  void consentChecksRepeatTheNominationOfThePair() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.remote(WORSE, 1);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(10);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(20_000);
    assertThat(peer.requests())
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.message().useCandidate()).isEqualTo(s.to().equals(BEST)));
  }

  @Test
  void waitsAShortTimeForABetterPair() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLING);
    List<Sent> checks = peer.requests();
    peer.advanceTo(30);
    peer.answer(checks.get(1));
    assertThat(selected(peer)).isEqualTo(WORSE);
    peer.advanceTo(60);
    assertThat(peer.requests()).isEmpty();
    peer.answer(checks.get(0));
    Sent nomination = peer.onlyRequest();
    assertThat(nomination.to()).isEqualTo(BEST);
    assertThat(nomination.message().useCandidate()).isTrue();
    assertThat(selected(peer)).isEqualTo(BEST);
  }

  @Test
  void nominatesTheWorsePairWhenTheBetterOneStaysSilent() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLING);
    List<Sent> checks = peer.requests();
    peer.answer(checks.get(1));
    peer.advanceTo(20 + 50);
    Sent nomination = peer.onlyRequest();
    assertThat(nomination.to()).isEqualTo(WORSE);
    assertThat(nomination.message().useCandidate()).isTrue();
    peer.answer(nomination);
    // RFC 8445 section 8.1.2: the other pair is not checked any more.
    peer.advanceTo(4_000);
    assertThat(peer.requests()).isEmpty();
  }

  private static IceCandidate relayed(InetSocketAddress address) {
    long priority = CandidatePriority.of(CandidateType.RELAYED, 1, 1);
    return new IceCandidate("relay", 1, priority, address, CandidateType.RELAYED, null);
  }

  /** Checks may overtake the candidates that signalling brings. */
  @Test
  void waitsForTheCandidatesWhileTheOnlyPairMayBeRelayed() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.check(WORSE, false);
    peer.answer(peer.onlyRequest());
    assertThat(selected(peer)).isEqualTo(WORSE);
    peer.advanceTo(100);
    peer.remote(BEST);
    peer.agent.addRemote(relayed(WORSE), peer.nowNs);
    complete(peer);
    peer.advanceTo(150);
    peer.answer(peer.onlyRequest());
    Sent nomination = peer.onlyRequest();
    assertThat(nomination.to()).isEqualTo(BEST);
    assertThat(nomination.message().useCandidate()).isTrue();
  }

  @Test
  void nominatesTheRelayedPairAfterASecond() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.agent.addRemote(relayed(WORSE), peer.nowNs);
    complete(peer);
    peer.advanceTo(20);
    peer.answer(peer.requests().get(1));
    peer.advanceTo(1_019);
    assertThat(peer.requests()).noneMatch(sent -> sent.message().useCandidate());
    peer.advanceTo(1_020);
    assertThat(peer.requests()).anyMatch(sent -> sent.message().useCandidate());
  }

  @Test
  void nominatesTheRelayedPairAtOnceWhenThereIsNoOther() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.agent.addRemote(relayed(WORSE), peer.nowNs);
    complete(peer);
    peer.advanceTo(1);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(5);
    assertThat(peer.onlyRequest().message().useCandidate()).isTrue();
  }

  @Test
  void beginsALostNominationAgain() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(6_000);
    List<Sent> nominations =
        peer.requests().stream().filter(s -> s.message().useCandidate()).toList();
    assertThat(nominations)
        .extracting(Sent::atMs)
        .containsExactly(5L, 505L, 1505L, 3505L, 4005L, 5005L);
    assertThat(peer.agent.selectedPair()).isNotNull();
  }

  @Test
  void againstALiteSideWeAreControllingAndNominate() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(true);
    peer.remote(REMOTE);
    complete(peer);
    assertThat(peer.agent.role()).isEqualTo(IceRole.CONTROLLING);
    peer.agent.setRole(IceRole.CONTROLLED);
    Sent check = peer.onlyRequest();
    assertThat(check.message().control()).isEqualTo(StunMessage.Control.CONTROLLING);
    peer.answer(check);
    peer.advanceTo(5);
    peer.answer(peer.onlyRequest());
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  @Test
  void theControlledSideUsesTheBestValidPairBeforeNomination() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLED);
    List<Sent> checks = peer.requests();
    peer.answer(checks.get(1));
    assertThat(selected(peer)).isEqualTo(WORSE);
    peer.answer(checks.get(0));
    assertThat(selected(peer)).isEqualTo(BEST);
    assertThat(peer.events.stream().filter(IceEvent.PairSelected.class::isInstance)).hasSize(2);
  }

  @Test
  void aNominationBeforeThePairIsValidCountsWhenItIs() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLED);
    complete(peer);
    List<Sent> checks = peer.requests();
    peer.answer(checks.get(0));
    peer.check(WORSE, true);
    assertThat(selected(peer)).isEqualTo(BEST);
    peer.answer(checks.get(1));
    assertThat(selected(peer)).isEqualTo(WORSE);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  /** Both pairs are valid and the remote side nominated the worse one, then the better one. */
  private static ScriptedPeer aggressive() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLED);
    peer.requests().forEach(peer::answer);
    peer.check(WORSE, true);
    assertThat(selected(peer)).isEqualTo(WORSE);
    peer.check(BEST, true);
    return peer;
  }

  @Test
  void ofAggressiveNominationsTheHighestPriorityWins() {
    ScriptedPeer peer = aggressive();
    assertThat(selected(peer)).isEqualTo(BEST);
    peer.advanceBy(500);
    peer.check(WORSE, true); // a retransmission
    assertThat(selected(peer)).isEqualTo(BEST);
  }

  @Test
  void aLaterNominationOfAnotherPairMovesTheSelection() {
    ScriptedPeer peer = aggressive();
    peer.advanceBy(3_000);
    peer.check(WORSE, true);
    assertThat(selected(peer)).isEqualTo(WORSE);
  }

  @Test
  void aNominationThatIsRepeatedStays() {
    ScriptedPeer peer = aggressive();
    for (int i = 0; i < 10; i++) {
      peer.advanceBy(1_000);
      peer.check(BEST, true);
      peer.check(WORSE, true);
      assertThat(selected(peer)).isEqualTo(BEST);
    }
  }

  @Test
  void theControllingSideIgnoresUseCandidate() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLING);
    peer.requests().forEach(peer::answer);
    peer.tieBreaker = 0;
    peer.check(WORSE, PATH, false, true);
    assertThat(selected(peer)).isEqualTo(BEST);
  }

  private static void renominate(ScriptedPeer peer, InetSocketAddress from, int value) {
    byte[] check =
        new RawStun(0x0001)
            .username(peer.agent.local().ufrag() + ":peer")
            .priority(1)
            .controlling(1)
            .attribute(0xC001, new byte[] {0, 0, 0, (byte) value})
            .signed(peer.agent.local().password());
    peer.receive(check, PATH, from);
  }

  /** draft-thatcher-ice-renomination: libwebrtc moves when a better network comes, and back. */
  @Test
  void ofRenominationsTheHighestValueWinsWhateverThePriority() {
    ScriptedPeer peer = withTwo(IceRole.CONTROLLED);
    peer.requests().forEach(peer::answer);
    renominate(peer, BEST, 1);
    renominate(peer, WORSE, 2);
    assertThat(selected(peer)).isEqualTo(WORSE);
    renominate(peer, BEST, 1); // a retransmission
    assertThat(selected(peer)).isEqualTo(WORSE);
    renominate(peer, BEST, 3);
    assertThat(selected(peer)).isEqualTo(BEST);
  }

  private static ScriptedPeer renominating() {
    ScriptedPeer peer =
        new ScriptedPeer(IceRole.CONTROLLING, IceConfig.DEFAULT.withRenomination(true));
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.remote(WORSE, 1);
    return peer;
  }

  @Test
  void withRenominationABetterPairTakesOverAndHasAHigherNumber() {
    ScriptedPeer peer = renominating();
    peer.answer(peer.onlyRequest());
    peer.advanceTo(5);
    Sent first = peer.onlyRequest();
    peer.answer(first);
    peer.remote(BEST, 0);
    peer.advanceTo(2_000);
    Sent check = peer.requests().get(0);
    assertThat(check.to()).isEqualTo(BEST);
    assertThat(check.message().useCandidate()).isFalse();
    peer.answer(check);
    assertThat(selected(peer)).isEqualTo(WORSE);
    peer.advanceBy(5);
    Sent second = peer.requests().get(0);
    assertThat(second.to()).isEqualTo(BEST);
    assertThat(second.message().nominationValue()).isGreaterThan(first.message().nominationValue());
    peer.answer(second);
    assertThat(selected(peer)).isEqualTo(BEST);
  }

  @Test
  void withRenominationAWorsePairIsNotEvenChecked() {
    ScriptedPeer peer = renominating();
    peer.answer(peer.onlyRequest());
    peer.advanceTo(5);
    peer.answer(peer.onlyRequest());
    peer.remote(new InetSocketAddress("10.0.0.4", 6000), 2);
    peer.advanceTo(3_000);
    assertThat(peer.requests()).isEmpty();
    assertThat(selected(peer)).isEqualTo(WORSE);
  }

  @Test
  void withoutRenominationANominationHasNoNumberAndABetterPairIsNotChecked() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(5);
    Sent nomination = peer.onlyRequest();
    assertThat(nomination.message().nominationValue()).isZero();
    peer.answer(nomination);
    CandidateType host = CandidateType.HOST;
    var better = new InetSocketAddress("10.0.0.4", 6000);
    peer.agent.addRemote(
        new IceCandidate("9", 1, Integer.MAX_VALUE, better, host, null), peer.nowNs);
    peer.advanceTo(3_000);
    assertThat(peer.requests()).isEmpty();
  }
}
