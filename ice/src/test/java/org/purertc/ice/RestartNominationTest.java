package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.ice.ScriptedPeer.LOCAL;
import static org.purertc.ice.ScriptedPeer.PATH;
import static org.purertc.ice.ScriptedPeer.REMOTE;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.ScriptedPeer.Sent;

/**
 * How soon the controlling side nominates after a restart. The other side has new ports then, and
 * its checks overtake the candidates that tell them.
 */
class RestartNominationTest {

  private static final InetSocketAddress NEW_PORT = new InetSocketAddress("10.0.0.2", 6001);
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("10.0.0.3", 6001);

  /** The pair of the first generation is nominated, and both sides have restarted. */
  private static ScriptedPeer restarted(CandidateType before, PathId path) {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    if (!path.equals(PATH)) {
      peer.local(new InetSocketAddress("10.0.0.9", 5000), path);
    }
    peer.credentials(false);
    long priority = CandidatePriority.of(before, 65_535, 1);
    if (before == CandidateType.PEER_REFLEXIVE) {
      peer.check(REMOTE, false);
    } else {
      peer.agent.addRemote(new IceCandidate("1", 1, priority, REMOTE, before, null), 0);
    }
    peer.advanceAnswering(3_000);
    assertThat(peer.agent.statistics()).anyMatch(PairStatistics::nominated);
    restart(peer);
    return peer;
  }

  private static void restart(ScriptedPeer peer) {
    peer.agent.restart(peer.agent.newCredentials(), peer.nowNs);
    peer.credentials(false);
    peer.requests();
  }

  /** A check comes from there, and ours is answered; returns when the nomination was sent. */
  private static long nominationMs(ScriptedPeer peer, InetSocketAddress from, PathId path) {
    peer.check(from, path, false, false);
    List<Sent> checks = peer.requests();
    checks.stream().filter(each -> each.path().equals(path)).forEach(peer::answer);
    long beganMs = peer.nowNs / 1_000_000;
    for (int ms = 0; ms < 2_000; ms++) {
      peer.advanceBy(1);
      for (Sent sent : peer.requests()) {
        if (sent.message().useCandidate() && sent.to().equals(from)) {
          return sent.atMs() - beganMs;
        }
      }
    }
    throw new AssertionError("no nomination within two seconds");
  }

  @Test
  void theHostOfBeforeIsNominatedAtOnce() {
    ScriptedPeer peer = restarted(CandidateType.HOST, PATH);
    assertThat(nominationMs(peer, NEW_PORT, PATH)).isLessThanOrEqualTo(5);
  }

  @Test
  void soIsItInARestartWithinTheRestart() {
    ScriptedPeer peer = restarted(CandidateType.HOST, PATH);
    restart(peer);
    assertThat(nominationMs(peer, NEW_PORT, PATH)).isLessThanOrEqualTo(5);
  }

  @Test
  void anotherHostMayBeARelay() {
    ScriptedPeer peer = restarted(CandidateType.HOST, PATH);
    assertThat(nominationMs(peer, ELSEWHERE, PATH)).isEqualTo(1_000);
  }

  @Test
  void theRelayOfBeforeMayGiveWayToADirectPair() {
    ScriptedPeer peer = restarted(CandidateType.RELAYED, PATH);
    assertThat(nominationMs(peer, NEW_PORT, PATH)).isEqualTo(1_000);
  }

  @Test
  void anotherPathOfOursMayBeARelay() {
    ScriptedPeer peer = restarted(CandidateType.HOST, new PathId(1));
    assertThat(nominationMs(peer, NEW_PORT, new PathId(1))).isEqualTo(1_000);
  }

  @Test
  void anAddressThatWasNeverToldMayHaveBeenARelay() {
    ScriptedPeer peer = restarted(CandidateType.PEER_REFLEXIVE, PATH);
    assertThat(nominationMs(peer, NEW_PORT, PATH)).isEqualTo(1_000);
  }

  @Test
  void itWasNoneWhenAllCandidatesHadBeenTold() {
    ScriptedPeer peer = new ScriptedPeer(IceRole.CONTROLLING);
    peer.local(LOCAL, PATH);
    peer.credentials(false);
    peer.check(REMOTE, false);
    peer.agent.endOfRemoteCandidates(peer.nowNs);
    peer.advanceAnswering(3_000);
    restart(peer);
    assertThat(nominationMs(peer, NEW_PORT, PATH)).isLessThanOrEqualTo(5);
  }
}
