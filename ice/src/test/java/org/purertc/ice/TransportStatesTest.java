package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunError;

/** The states of W3C WebRTC section 5.6.4 and the patience of RFC 8863, sentence by sentence. */
class TransportStatesTest {

  private static final InetSocketAddress UNLISTED = new InetSocketAddress("10.0.0.9", 7000);

  /** A controlling agent with a nominated pair. */
  private static ScriptedPeer nominated() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.answer(peer.onlyRequest());
    peer.advanceTo(5);
    peer.answer(peer.onlyRequest());
    return peer;
  }

  @Test
  void newWhileNoRemoteCandidateIsKnown() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
  }

  @Test
  void newWhileThereIsNoLocalCandidateToCheckFrom() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.credentials(false);
    peer.remote(REMOTE);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
  }

  @Test
  void aPeerReflexiveCandidateAloneBeginsChecking() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.check(UNLISTED, false);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
  }

  @Test
  void anEarlyCheckDoesNotBeginCheckingBeforeTheDescriptionCame() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.check(UNLISTED, false);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
    peer.credentials(false);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
  }

  @Test
  void connectedButNotCompletedWhileWeGather() {
    ScriptedPeer peer = nominated();
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
    peer.agent.endOfLocalCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  @Test
  void connectedButNotCompletedWhileTheRemoteSideMayHaveMoreCandidates() {
    ScriptedPeer peer = nominated();
    peer.agent.endOfLocalCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  @Test
  void disconnectedGoesBackToCompleted() {
    ScriptedPeer peer = nominated();
    peer.agent.endOfLocalCandidates(peer.nowNs);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceTo(12_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.DISCONNECTED);
    peer.advanceAnswering(13_000);
    assertThat(peer.states())
        .containsExactly(
            IceTransportState.CHECKING,
            IceTransportState.CONNECTED,
            IceTransportState.COMPLETED,
            IceTransportState.DISCONNECTED,
            IceTransportState.COMPLETED);
  }

  @Test
  void failedIsTheEndWhateverComesLater() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    Sent check = peer.onlyRequest();
    peer.advanceTo(40_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
    peer.sent();
    peer.answer(check);
    peer.remote(UNLISTED);
    peer.check(REMOTE, true);
    peer.local(new InetSocketAddress("10.0.1.1", 5000), new PathId(1));
    peer.advanceTo(200_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
    assertThat(peer.sent()).isEmpty();
  }

  /** RFC 8863 section 4: the timer runs from the description on, not from the last candidate. */
  @Test
  void patienceBeginsWithTheRemoteDescription() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.advanceTo(100_000);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.advanceTo(130_000);
    peer.remote(REMOTE);
    peer.refuse(peer.onlyRequest(), StunError.BAD_REQUEST);
    peer.advanceTo(139_499);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    peer.advanceTo(139_500);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  /** RFC 8863 section 4: checks that are still on their way are waited for. */
  @Test
  void aCheckThatStillRunsWhenPatienceEndsIsWaitedFor() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.refuse(peer.onlyRequest(), StunError.BAD_REQUEST);
    peer.advanceTo(30_000);
    peer.remote(UNLISTED, 1);
    peer.advanceTo(69_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CHECKING);
    peer.advanceTo(69_600);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void withoutCandidatesAndWithoutTheirEndItWaitsForEver() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.advanceTo(3_600_000);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  /** RFC 8863 section 4 names this: a side without candidates that learns the other's by checks. */
  @Test
  void aRemoteSideWithoutCandidatesConnectsByItsChecks() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceTo(35_000);
    peer.check(UNLISTED, true);
    peer.answer(peer.requests().get(0));
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }

  /** RFC 8838 section 12: the same candidate twice makes no second pair, in any order. */
  @Test
  void aCandidateThatIsTrickledTwiceIsCheckedOnce() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.remote(REMOTE);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.remote(REMOTE);
    assertThat(peer.agent.statistics()).hasSize(1);
    assertThat(peer.requests()).hasSize(1);
  }

  /** W3C: addIceCandidate after the end is no error, and the candidate serves. */
  @Test
  void aCandidateAfterTheEndServes() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.requests();
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.remote(UNLISTED, 1);
    peer.advanceTo(20);
    peer.answer(peer.onlyRequest());
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.CONNECTED);
  }
}
