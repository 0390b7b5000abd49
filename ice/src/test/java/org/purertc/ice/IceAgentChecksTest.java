package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunError;
import org.purertc.ice.internal.StunMessage;
import org.purertc.ice.io.Loop;

/** The checks that an agent sends, RFC 8445 section 7.2. */
class IceAgentChecksTest {

  private static final InetSocketAddress UNLISTED = new InetSocketAddress("10.0.0.9", 7000);

  @Test
  void waitsInNewWithoutRemoteCandidates() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.advanceTo(120_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
    assertThat(peer.sent()).isEmpty();
  }

  @Test
  void sendsTheFirstCheckAtOnce() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    assertThat(check.atMs()).isZero();
    assertThat(check.to()).isEqualTo(REMOTE);
    assertThat(check.message().username()).isEqualTo("peer:" + peer.agent.local().ufrag());
    assertThat(check.message().control()).isEqualTo(StunMessage.Control.CONTROLLING);
    assertThat(check.message().priority())
        .isEqualTo(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, 65_535, 1));
    assertThat(check.message().useCandidate()).isFalse();
    assertThat(peer.states()).containsExactly(IceTransportState.CHECKING);
  }

  @Test
  void pacesOrdinaryChecksByTa() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.remote(new InetSocketAddress("10.0.0.3", 1), 1);
    peer.remote(new InetSocketAddress("10.0.0.4", 1), 2);
    peer.advanceTo(100);
    assertThat(peer.requests()).extracting(Sent::atMs).containsExactly(0L, 20L, 40L);
  }

  @Test
  void pacesTriggeredChecksByFiveMilliseconds() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.requests();
    peer.check(UNLISTED, false);
    peer.check(new InetSocketAddress("10.0.0.8", 7000), false);
    peer.advanceTo(50);
    assertThat(peer.requests()).extracting(Sent::atMs).containsExactly(5L, 10L);
  }

  @Test
  void retransmitsSixTimesAndDoublesTheInterval() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.advanceTo(39_000);
    List<Sent> checks = peer.requests();
    assertThat(checks)
        .extracting(Sent::atMs)
        .containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15_500L, 31_500L);
    assertThat(checks).extracting(s -> s.message().id()).containsOnly(checks.get(0).message().id());
  }

  @Test
  void failsWhenNothingWasAnsweredAndPatienceIsOver() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.advanceTo(39_499);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    peer.advanceTo(39_500);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
    assertThat(peer.agent.nextDeadlineNs()).isEqualTo(Loop.NEVER);
  }

  @Test
  void waitsForPatienceAfterAllPairsFailed() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.refuse(peer.onlyRequest(), StunError.BAD_REQUEST);
    peer.advanceTo(39_499);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    peer.advanceTo(39_500);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void failsWithoutAnyPairOnceTheRemoteSideHasNoMoreCandidates() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceTo(39_499);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
    peer.advanceTo(39_500);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void aLateCandidateStillConnects() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.advanceTo(30_000);
    peer.requests();
    InetSocketAddress late = new InetSocketAddress("10.0.0.7", 1);
    peer.remote(late, 3);
    Sent check = peer.onlyRequest();
    assertThat(check.to()).isEqualTo(late);
    peer.answer(check);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void isConnectedWithTheFirstAnswer() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.nowNs += 7_000_000;
    assertThat(peer.answer(peer.onlyRequest())).isTrue();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
    assertThat(peer.agent.roundTripNs()).isEqualTo(7_000_000);
    CandidatePair pair = peer.agent.selectedPair();
    assertThat(pair).isNotNull();
    assertThat(pair.local().address()).isEqualTo(LOCAL);
    assertThat(pair.remote().address()).isEqualTo(REMOTE);
    assertThat(peer.agent.selectedPath()).isEqualTo(PATH);
  }

  @Test
  void anUnknownMappedAddressIsALocalPeerReflexiveCandidate() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    InetSocketAddress mapped = new InetSocketAddress("203.0.113.5", 1234);
    peer.answer(peer.onlyRequest(), REMOTE, mapped, ScriptedPeer.CREDENTIALS.password());
    CandidatePair pair = peer.agent.selectedPair();
    assertThat(pair).isNotNull();
    assertThat(pair.local().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    assertThat(pair.local().address()).isEqualTo(mapped);
    assertThat(pair.local().relatedAddress()).isEqualTo(LOCAL);
  }

  @Test
  void dropsAnAnswerThatTheRemoteSideDidNotSign() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    assertThat(peer.answer(check, REMOTE, LOCAL, "some other password")).isFalse();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    assertThat(peer.agent.discarded()).isEqualTo(1);
    assertThat(peer.answer(check)).isTrue();
  }

  @Test
  void dropsAnAnswerToNothing() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    peer.answer(check);
    assertThat(peer.answer(check)).isFalse();
  }

  @Test
  void anAnswerFromAnotherAddressFailsThePair() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    peer.answer(check, UNLISTED, LOCAL, ScriptedPeer.CREDENTIALS.password());
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    peer.advanceTo(10_000);
    assertThat(peer.requests()).isEmpty();
  }

  @Test
  void aCheckFromTheRemoteSideTriggersOneOfOurs() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    Sent first = peer.onlyRequest();
    peer.nowNs += 10_000_000;
    peer.check(REMOTE, false);
    Sent triggered = peer.onlyRequest();
    assertThat(triggered.message().id()).isNotEqualTo(first.message().id());
    // RFC 8445 section 7.3.1.4: the cancelled check is not sent again, but its answer counts.
    peer.answer(first);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void aCancelledCheckIsNotRetransmitted() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    Sent first = peer.onlyRequest();
    peer.nowNs += 10_000_000;
    peer.check(REMOTE, false);
    peer.sent();
    peer.advanceTo(5_000);
    assertThat(peer.requests())
        .isNotEmpty()
        .extracting(s -> s.message().id())
        .doesNotContain(first.message().id());
  }

  @Test
  void anUnlistedAddressBecomesAPeerReflexiveCandidate() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.check(UNLISTED, true);
    peer.answer(peer.onlyRequest());
    CandidatePair pair = peer.agent.selectedPair();
    assertThat(pair).isNotNull();
    assertThat(pair.remote().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    assertThat(pair.remote().address()).isEqualTo(UNLISTED);
    assertThat(pair.remote().priority())
        .isEqualTo(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, 65_535, 1));
    // Signalled later, the candidate takes the place of what the check told.
    peer.remote(UNLISTED);
    assertThat(peer.agent.selectedPair().remote().type()).isEqualTo(CandidateType.HOST);
  }

  @Test
  void aCheckBeforeTheRemoteDescriptionIsAnsweredAndCheckedBackLater() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.check(REMOTE, true);
    assertThat(peer.onlyMessage().kind()).isEqualTo(StunMessage.Kind.SUCCESS);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isTrue();
    peer.advanceTo(2000);
    assertThat(peer.sent()).isEmpty();
    peer.credentials(false);
    Sent triggered = peer.onlyRequest();
    assertThat(triggered.to()).isEqualTo(REMOTE);
    assertThat(triggered.atMs()).isEqualTo(2000);
    peer.answer(triggered);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  @Test
  void takesDataOnlyFromAddressesThatWereChecked() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isFalse();
    peer.check(REMOTE, false);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isTrue();
    assertThat(peer.agent.isValidated(new PathId(1), REMOTE)).isFalse();
    assertThat(peer.agent.isValidated(PATH, UNLISTED)).isFalse();
  }

  @Test
  void refusesAnUnresolvedCandidate() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    InetSocketAddress name = InetSocketAddress.createUnresolved("name.local", 5);
    var candidate = new IceCandidate("1", 1, 5, name, CandidateType.HOST, null);
    assertThatThrownBy(() -> peer.agent.addRemote(candidate, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name.local")
        .hasMessageContaining("resolve");
  }

  @Test
  void closeEndsEverything() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.requests();
    peer.agent.close();
    assertThat(peer.check(REMOTE, true)).isFalse();
    assertThat(peer.sent()).isEmpty();
    assertThat(peer.agent.nextDeadlineNs()).isEqualTo(Loop.NEVER);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CLOSED);
    assertThat(peer.agent.selectedPair()).isNull();
    peer.agent.addRemote(ScriptedPeer.host(UNLISTED, 0), peer.nowNs);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceBy(100_000);
    assertThat(peer.sent()).isEmpty();
  }
}
