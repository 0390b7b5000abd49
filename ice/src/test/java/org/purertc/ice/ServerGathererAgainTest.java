package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.turn.IceServer;
import org.purertc.ice.turn.ServerCredentials;
import org.purertc.ice.turn.ServerSockets;
import org.purertc.ice.turn.ServerUrl;
import org.purertc.ice.turn.TurnServerDouble;

/** Gathering again, as an ICE restart does. */
class ServerGathererAgainTest implements ServerGatherer.Owner {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(20);
  private final TurnServerDouble server = new TurnServerDouble(network.host("203.0.113.1"), loop);
  private final SimHost host = network.host("10.0.0.1");
  private final List<PathId> paths = new ArrayList<>();
  private int answered;

  private ServerGatherer gatherer() throws Exception {
    var credentials = new ServerCredentials(TurnServerDouble.USER, TurnServerDouble.PASSWORD);
    var turn = new IceServer(ServerUrl.parse("turn:203.0.113.1"), credentials);
    IceServers servers = new IceServers(List.of(turn), true, Runnable::run, null);
    ServerSockets sockets = new ServerSockets(host, loop, Runnable::run, null);
    return new ServerGatherer(servers, sockets, new Random(1), this);
  }

  private void gather(ServerGatherer gatherer) {
    var local = new ServerGatherer.Host(new PathId(0), host.localAddresses().get(0), null);
    gatherer.start(List.of(local), loop.nowNs());
    loop.runFor(SECOND_NS);
  }

  @Test
  void anAllocationThatIsAliveStays() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    gather(gatherer);
    assertThat(paths).hasSize(1);
    assertThat(answered).isEqualTo(2);
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Test
  void anAllocationThatTheServerForgotIsAskedForAgain() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    server.kill();
    server.restart();
    loop.runFor(600 * SECOND_NS);
    gather(gatherer);
    assertThat(paths).hasSize(2).doesNotHaveDuplicates();
    assertThat(answered).isEqualTo(2);
    byte[] late = {1};
    var to = new InetSocketAddress("10.0.0.2", 1);
    assertThat(gatherer.relay(paths.get(0)).send(late, 0, 1, to)).isTrue();
    gatherer.close();
    loop.runFor(SECOND_NS);
    assertThat(server.allocations()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  @Override
  public void onServerCandidate(IceCandidate candidate, PathId path) {
    paths.add(path);
  }

  @Override
  public void onCandidateError(CandidateError error) {}

  @Override
  public void onServersAnswered() {
    answered++;
  }

  @Override
  public void onRelayedDatagram(
      byte[] buffer, int offset, int length, PathId path, InetSocketAddress from) {}

  @Override
  public void onWritable(long nowNs) {}
}
