package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.sim.SimPort;

/** A server with one port for all of its transports, in virtual time. */
class SharedPortSimulationTest {

  private static final int PORT = 3478;
  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private SimNetwork network = SimNetwork.with(3).delayMs(10);

  private static IceTransports ownPorts(Network host, long seed) {
    return new IceTransports(host, IceConfig.DEFAULT, Addresses.ALL, new Random(seed));
  }

  private static IceTransports onePort(Network host, long seed) {
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).sharedPort(PORT, null).build();
    return new IceTransports(host, IceConfig.DEFAULT, policy, new Random(seed));
  }

  private TransportEnd end(IceTransports transports) {
    return new TransportEnd(loop, transports);
  }

  private void begin(TransportEnd client, TransportEnd server) {
    loop.execute(() -> client.begin(IceRole.CONTROLLING, server));
    loop.execute(() -> server.begin(IceRole.CONTROLLED, client));
  }

  private static boolean isConnected(TransportEnd end) {
    return end.transport.state() == IceTransportState.COMPLETED;
  }

  private boolean run(long seconds, List<TransportEnd> ends) {
    return loop.runUntil(
        () -> ends.stream().allMatch(SharedPortSimulationTest::isConnected),
        loop.nowNs() + seconds * SECOND_NS);
  }

  private void closeAll(List<TransportEnd> ends) {
    ends.forEach(each -> loop.execute(each.transport::close));
    loop.runFor(1);
    assertThat(loop.timersSet()).isZero();
    assertThat(network.openPorts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void eachOfManyGetsWhatIsItsOwnOverABadNetwork(long seed) {
    network = SimNetwork.with(seed).delayMs(20).jitterMs(10).lossPercent(10).duplicatePercent(2);
    IceTransports server = onePort(network.host("10.0.0.1"), seed);
    // One host for all clients: they differ in their ports only, as behind one NAT.
    SimHost clientHost = network.host("10.0.0.2");
    List<TransportEnd> servers = new ArrayList<>();
    List<TransportEnd> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      TransportEnd client = end(ownPorts(clientHost, seed + 100 + i));
      servers.add(end(server));
      begin(client, servers.get(i));
      all.add(client);
    }
    all.addAll(servers);
    assertThat(run(20, all)).as("all connect, seed %s", seed).isTrue();
    assertThat(servers)
        .allSatisfy(
            each ->
                assertThat(each.candidates)
                    .extracting(candidate -> candidate.address().getPort())
                    .containsExactly(PORT));
    for (int i = 0; i < 30; i++) {
      TransportEnd client = all.get(i);
      TransportEnd its = servers.get(i);
      String text = "for " + i;
      for (int copy = 0; copy < 10; copy++) {
        loop.execute(() -> client.send(text));
        loop.execute(() -> its.send(text));
      }
    }
    loop.runFor(SECOND_NS);
    for (int i = 0; i < 30; i++) {
      assertThat(all.get(i).texts).as("seed %s", seed).isNotEmpty().containsOnly("for " + i);
      assertThat(servers.get(i).texts).as("seed %s", seed).isNotEmpty().containsOnly("for " + i);
    }
    closeAll(all);
  }

  @Test
  void ofTwoSessionsBetweenTwoSharedPortsTheSecondIsRefusedAndTheFirstGoesOn() {
    IceTransports left = onePort(network.host("10.0.0.1"), 1);
    IceTransports right = onePort(network.host("10.0.0.2"), 2);
    List<TransportEnd> first = List.of(end(left), end(right));
    begin(first.get(0), first.get(1));
    assertThat(run(5, first)).isTrue();
    List<TransportEnd> second = List.of(end(left), end(right));
    begin(second.get(0), second.get(1));
    loop.runFor(120 * SECOND_NS);
    assertThat(first).allMatch(SharedPortSimulationTest::isConnected);
    assertThat(second)
        .allSatisfy(
            each -> {
              assertThat(each.transport.state()).isEqualTo(IceTransportState.FAILED);
              assertThat(each.lastReason)
                  .contains("another connection of the shared port talks to");
            });
    loop.execute(() -> first.get(0).send("still ours"));
    loop.runFor(SECOND_NS);
    assertThat(first.get(1).texts).containsExactly("still ours");
  }

  @Test
  void aRemoteSideThatIsStartedAnewOnItsPortIsTakenWhenTheOldOneHasBeenSilent() {
    IceTransports server = onePort(network.host("10.0.0.1"), 1);
    SimHost clientHost = network.host("10.0.0.2");
    TransportEnd lost = end(onePort(clientHost, 2));
    TransportEnd old = end(server);
    begin(lost, old);
    assertThat(run(5, List.of(lost, old))).isTrue();
    // The program ends without a word; its successor binds the same port.
    loop.execute(lost.transport::close);
    loop.runFor(SECOND_NS);
    TransportEnd again = end(onePort(clientHost, 3));
    TransportEnd fresh = end(server);
    begin(again, fresh);
    assertThat(run(15, List.of(again, fresh))).isTrue();
    loop.execute(() -> again.send("hello"));
    loop.runFor(SECOND_NS);
    assertThat(fresh.texts).containsExactly("hello");
    assertThat(old.texts).isEmpty();
    closeAll(List.of(old, again, fresh));
  }

  @Test
  void aClosedSessionFreesTheAddressAtOnce() {
    IceTransports left = onePort(network.host("10.0.0.1"), 1);
    IceTransports right = onePort(network.host("10.0.0.2"), 2);
    for (int i = 0; i < 5; i++) {
      List<TransportEnd> pair = List.of(end(left), end(right));
      begin(pair.get(0), pair.get(1));
      assertThat(run(2, pair)).as("pair %s", i).isTrue();
      pair.forEach(each -> loop.execute(each.transport::close));
    }
  }

  @Test
  void aRestartGoesOverTheSamePortAndTheOldUfragLeavesWithIt() {
    IceTransports server = onePort(network.host("10.0.0.1"), 1);
    TransportEnd client = end(ownPorts(network.host("10.0.0.2"), 2));
    TransportEnd its = end(server);
    begin(client, its);
    assertThat(run(5, List.of(client, its))).isTrue();
    IceCredentials before = its.transport.localCredentials();
    for (TransportEnd each : List.of(client, its)) {
      loop.execute(() -> each.transport.restart(each.transport.newCredentials()));
    }
    loop.runFor(1);
    begin(client, its);
    loop.execute(() -> client.send("meanwhile"));
    loop.runFor(SECOND_NS);
    loop.execute(() -> client.send("afterwards"));
    loop.runFor(10 * SECOND_NS);
    assertThat(run(1, List.of(client, its))).isTrue();
    assertThat(its.texts).containsExactly("meanwhile", "afterwards");
    assertThat(its.transport.localCredentials()).isNotEqualTo(before);
    closeAll(List.of(client, its));
  }

  @Test
  void aFloodOfUnknownUfragsDisturbsNobody() throws IOException {
    IceTransports server = onePort(network.host("10.0.0.1"), 1);
    TransportEnd client = end(ownPorts(network.host("10.0.0.2"), 2));
    TransportEnd its = end(server);
    begin(client, its);
    SimPort attacker =
        network.host("10.6.6.6").open(loop, new InetSocketAddress("10.6.6.6", 6), Ignored.ALL);
    for (int i = 0; i < 5_000; i++) {
      byte[] guess = StunDatagrams.request("guess" + i + ":x");
      attacker.send(guess, 0, guess.length, new InetSocketAddress("10.0.0.1", PORT));
    }
    assertThat(run(2, List.of(client, its))).isTrue();
    attacker.close();
    closeAll(List.of(client, its));
  }

  /** Takes no notice. */
  private enum Ignored implements Network.DatagramReceiver {
    ALL;

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

    @Override
    public void onWritable(long nowNs) {}
  }
}
