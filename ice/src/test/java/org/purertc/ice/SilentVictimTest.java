package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;
import org.purertc.ice.internal.StunError;

/** What a remote side can make us send to somebody who never asked, RFC 8445 section 19.5.1. */
class SilentVictimTest {

  private static final InetSocketAddress VICTIM = new InetSocketAddress("10.0.0.66", 53);

  private static long bytes(List<Sent> checks) {
    return checks.stream().mapToLong(s -> s.message().bytes().length).sum();
  }

  @Test
  void aSignalledVictimGetsSevenChecksOfAllLocalAddresses() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    for (int i = 0; i < 4; i++) {
      peer.local(new InetSocketAddress("10.0.1." + (i + 1), 5000), new PathId(i));
    }
    peer.credentials(false);
    peer.remote(VICTIM);
    peer.advanceTo(300_000);
    List<Sent> checks = peer.requests();
    assertThat(checks).hasSize(CheckList.MAX_UNANSWERED);
    assertThat(bytes(checks)).isLessThan(7 * 120);
    assertThat(checks.get(1).atMs() - checks.get(0).atMs()).isGreaterThanOrEqualTo(5);
    assertThat(peer.agent.state()).isEqualTo(IceTransportState.FAILED);
  }

  @Test
  void aHundredCandidatesOfOneVictimArePaced() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    for (int port = 1; port <= 300; port++) {
      peer.remote(new InetSocketAddress("10.0.0.66", port));
    }
    peer.advanceTo(1_000);
    // Ta is 20 ms; what was sent once is repeated no faster than each RTO.
    assertThat(peer.requests().size()).isLessThanOrEqualTo(51);
    peer.advanceTo(300_000);
    assertThat(peer.requests().size()).isLessThanOrEqualTo(7 * CheckList.MAX_PAIRS);
  }

  /** Whoever forges checks from the victim's address sends more than the victim gets of ours. */
  @Test
  void forgedChecksFromTheVictimsAddressAreNotAmplified() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLED);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    int forged = 500;
    for (int i = 1; i <= forged; i++) {
      peer.advanceTo(i * 1_000L);
      peer.check(VICTIM, false);
    }
    long checks = peer.sent().stream().filter(s -> s.message().username() != null).count();
    assertThat(checks).isLessThanOrEqualTo(forged + CheckList.MAX_UNANSWERED);
  }

  @Test
  void noAnswerIsLongerThanItsRequest() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    var from = new InetSocketAddress("2001:db8::66", 6000);
    // Without ICE-CONTROLLING, which every real check has, the request is too short for an answer.
    byte[] shortest =
        new RawStun(0x0001)
            .username(peer.agent.local().ufrag() + ":p")
            .priority(1)
            .signed(peer.agent.local().password());
    peer.receive(shortest, PATH, from);
    assertThat(peer.sent())
        .filteredOn(s -> s.to().equals(from) && s.message().username() == null)
        .allSatisfy(
            s -> assertThat(s.message().bytes().length).isLessThanOrEqualTo(shortest.length));
  }

  @Test
  void refusesTwentyRequestsForUnknownUfragsEachSecond() {
    ScriptedPeer peer = ScriptedPeer.ready(IceRole.CONTROLLED);
    peer.sent();
    byte[] unknown =
        new RawStun(0x0001)
            .username("nobody:peer")
            .priority(1)
            .controlling(1)
            .signed(peer.agent.local().password());
    for (int i = 0; i < 1_000; i++) {
      peer.receive(unknown);
    }
    assertThat(peer.sent())
        .hasSize(RefusalLimit.PER_SECOND)
        .allMatch(s -> s.message().errorCode() == StunError.UNAUTHENTICATED.code());
    assertThat(peer.agent.discarded()).isEqualTo(1_000);
  }
}
