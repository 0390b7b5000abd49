package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.internal.ServerCodec;
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
  private final List<PathId> gone = new ArrayList<>();
  private final List<CandidateError> errors = new ArrayList<>();
  private int answered;

  private ServerGatherer gatherer() throws Exception {
    var credentials = new ServerCredentials(TurnServerDouble.USER, TurnServerDouble.PASSWORD);
    var turn = new IceServer(ServerUrl.parse("turn:203.0.113.1"), credentials);
    IceServers servers = new IceServers(List.of(turn), true, Runnable::run, null);
    ServerSockets sockets = new ServerSockets(host, loop, Runnable::run, null);
    return new ServerGatherer(servers, sockets, new ServerCodec(), new Random(1), this);
  }

  private void gather(ServerGatherer gatherer) {
    var local = new ServerGatherer.Host(new PathId(0), host.localAddresses().get(0), null);
    gatherer.start(List.of(local), loop.nowNs());
    loop.runFor(SECOND_NS);
  }

  private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.2", 1);

  private static void send(ServerGatherer gatherer, PathId path) {
    assertThat(gatherer.relay(path).send(new byte[1], 0, 1, PEER)).isTrue();
  }

  @Test
  void anAllocationThatIsAliveStaysAndIsToldAgain() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    gather(gatherer);
    assertThat(paths).hasSize(2).containsOnly(paths.get(0));
    assertThat(answered).isEqualTo(2);
    assertThat(server.allocations()).isEqualTo(1);
    assertThat(gone).isEmpty();
  }

  @Test
  void anAllocationThatTheServerForgotIsAskedForAgain() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    server.kill();
    server.restart();
    loop.runFor(600 * SECOND_NS);
    assertThat(gone).containsExactly(paths.get(0));
    gather(gatherer);
    assertThat(paths).hasSize(2).doesNotHaveDuplicates();
    assertThat(answered).isEqualTo(2);
    send(gatherer, paths.get(0)); // lost, but harmless
    gatherer.close();
    loop.runFor(SECOND_NS);
    assertThat(server.allocations()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void anIdleRelayThatDiedIsNotToldAgain() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    server.kill();
    gather(gatherer);
    assertThat(answered).isEqualTo(1);
    loop.runFor(10 * SECOND_NS);
    assertThat(answered).isEqualTo(2);
    assertThat(paths).hasSize(1);
    assertThat(gone).isEmpty();
    loop.runFor(70 * SECOND_NS);
    assertThat(gone).containsExactly(paths.get(0));
    assertThat(errors).hasSize(1);
  }

  @Test
  void aSilentRelaysServerIsAskedForAnotherOne() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    server.kill();
    send(gatherer, paths.get(0));
    loop.runFor(3 * SECOND_NS);
    server.restart();
    gather(gatherer);
    assertThat(answered).isEqualTo(2);
    assertThat(paths).hasSize(2).doesNotHaveDuplicates();
    loop.runFor(10 * SECOND_NS);
    assertThat(gone).containsExactly(paths.get(0));
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Test
  void aSilentRelayThatAnswersAfterAllStaysBesideTheNewOne() throws Exception {
    ServerGatherer gatherer = gatherer();
    gather(gatherer);
    network.lossPercent(100);
    send(gatherer, paths.get(0));
    loop.runFor(3 * SECOND_NS);
    gather(gatherer);
    network.lossPercent(0);
    loop.runFor(9 * SECOND_NS);
    loop.runFor(40 * SECOND_NS);
    assertThat(paths).hasSize(2).doesNotHaveDuplicates();
    assertThat(gone).isEmpty();
    assertThat(answered).isEqualTo(2);
    assertThat(server.allocations()).isEqualTo(2);
  }

  @Test
  void aRestartWhileARelayIsAskedForWaitsForItOnce() throws Exception {
    ServerGatherer gatherer = gatherer();
    var local = new ServerGatherer.Host(new PathId(0), host.localAddresses().get(0), null);
    gatherer.start(List.of(local), loop.nowNs());
    gather(gatherer);
    assertThat(paths).hasSize(1);
    assertThat(answered).isEqualTo(1);
    assertThat(server.allocations()).isEqualTo(1);
  }

  @Override
  public void onServerCandidate(IceCandidate candidate, PathId path) {
    paths.add(path);
  }

  @Override
  public void onCandidateError(CandidateError error) {
    errors.add(error);
  }

  @Override
  public void onPathGone(PathId path) {
    gone.add(path);
  }

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
