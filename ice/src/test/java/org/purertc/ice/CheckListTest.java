package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunError;

/** Forming, limiting and ordering of pairs, RFC 8445 sections 5.1.2 and 6.1.2. */
class CheckListTest {

  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(host, port);
  }

  @Test
  void candidatePriorityIsThatOfTheFormula() {
    assertThat(CandidatePriority.of(CandidateType.HOST, 65_535, 1)).isEqualTo(2_130_706_431L);
    assertThat(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, 65_535, 1))
        .isEqualTo(1_862_270_975L);
    assertThat(CandidatePriority.of(CandidateType.RELAYED, 0, 256)).isZero();
  }

  @Test
  void pairPriorityIsThatOfTheFormula() {
    assertThat(CandidatePriority.ofPair(1, 2)).isEqualTo((1L << 32) + 4);
    assertThat(CandidatePriority.ofPair(2, 1)).isEqualTo((1L << 32) + 5);
    assertThat(CandidatePriority.ofPair(Integer.MAX_VALUE, Integer.MAX_VALUE)).isPositive();
    assertThat(CandidatePriority.ofPair(0xffffffffL, 0)).isPositive();
  }

  @Test
  void pairsOnlyWhatCanReachEachOther() {
    assertThat(Candidates.canPair(address("10.0.0.1", 1), address("192.0.2.1", 1))).isTrue();
    assertThat(Candidates.canPair(address("10.0.0.1", 1), address("2001:db8::1", 1))).isFalse();
    assertThat(Candidates.canPair(address("fe80::1", 1), address("fe80::2", 1))).isTrue();
    assertThat(Candidates.canPair(address("fe80::1", 1), address("2001:db8::1", 1))).isFalse();
    assertThat(Candidates.canPair(address("127.0.0.1", 1), address("127.0.0.1", 2))).isTrue();
    assertThat(Candidates.canPair(address("10.0.0.1", 1), address("127.0.0.1", 1))).isFalse();
    assertThat(Candidates.canPair(address("::1", 1), address("::1", 2))).isTrue();
  }

  @Test
  void checksInTheOrderOfPriority() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.remote(address("10.0.0.4", 1), 2);
    peer.remote(address("10.0.0.2", 1), 0);
    peer.remote(address("10.0.0.3", 1), 1);
    peer.credentials(false);
    peer.advanceTo(100);
    assertThat(peer.requests())
        .extracting(s -> s.to().getAddress().getHostAddress())
        .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.4");
  }

  @Test
  void leavesOutRedundantPairs() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLING);
    peer.remote(REMOTE);
    IceCandidate reflexive =
        new IceCandidate(
            "x", 1, 1000, address("203.0.113.1", 9), CandidateType.SERVER_REFLEXIVE, LOCAL);
    peer.agent.addLocal(reflexive, PATH, peer.nowNs);
    peer.advanceTo(300);
    assertThat(peer.requests()).hasSize(1);
  }

  @Test
  void ignoresCandidatesOfOtherComponentsAndUselessAddresses() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.agent.addRemote(new IceCandidate("1", 2, 5, REMOTE, CandidateType.HOST, null), peer.nowNs);
    peer.remote(address("10.0.0.2", 0));
    peer.remote(address("224.0.0.1", 5));
    peer.remote(address("0.0.0.0", 5));
    peer.advanceTo(1_000);
    assertThat(peer.sent()).isEmpty();
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.NEW);
  }

  @Test
  void pairsOfOneFoundationWaitForEachOther() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    for (int port = 1; port <= 2; port++) {
      var candidate =
          new IceCandidate(
              "same", 1, 1000 - port, address("10.0.0.2", port), CandidateType.HOST, null);
      peer.agent.addRemote(candidate, peer.nowNs);
    }
    peer.advanceTo(400);
    Sent first = peer.onlyRequest();
    assertThat(first.to().getPort()).isEqualTo(1);
    peer.refuse(first, StunError.BAD_REQUEST);
    assertThat(peer.onlyRequest().to().getPort()).isEqualTo(2);
  }

  @Test
  void keepsAtMostAHundredPairsAndThoseTheBest() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.local(address("10.0.0.99", 5000), new PathId(1));
    for (int rank = 90; rank > 0; rank--) {
      peer.remote(address("10.1.0." + rank, 6000), rank);
    }
    peer.credentials(false);
    peer.advanceTo(4_000);
    Set<String> checked = new HashSet<>();
    for (Sent check : peer.requests()) {
      checked.add(check.path().number() + " " + check.to().getAddress().getHostAddress());
    }
    assertThat(checked).hasSize(CheckList.MAX_PAIRS).contains("0 10.1.0.1", "1 10.1.0.1");
    assertThat(checked).doesNotContain("1 10.1.0.90");
  }

  @Test
  void aFloodOfAddressesMakesFewPairs() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.answer(peer.onlyRequest());
    for (int port = 1; port <= 5_000; port++) {
      peer.check(address("10.9.0.9", port), false);
      peer.sent();
    }
    int known = 0;
    for (int port = 1; port <= 5_000; port++) {
      known += peer.agent.isValidated(PATH, address("10.9.0.9", port)) ? 1 : 0;
    }
    assertThat(known).isEqualTo(CheckList.MAX_PEER_REFLEXIVE);
    assertThat(peer.agent.isValidated(PATH, REMOTE)).isTrue();
    assertThat(peer.agent.selectedPair().remote().address()).isEqualTo(REMOTE);
    peer.advanceBy(4_000);
    // 16 pairs, 4 transmissions each in four seconds, and consent.
    assertThat(peer.requests()).hasSizeLessThan(80);
  }

  @Test
  void aFloodOfEarlyChecksIsBounded() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    for (int port = 1; port <= 1_000; port++) {
      peer.check(address("10.9.0.9", port), false);
    }
    peer.sent();
    peer.credentials(false);
    peer.advanceTo(400);
    assertThat(peer.requests()).hasSize(EarlyChecks.MAX_CHECKS);
  }
}
