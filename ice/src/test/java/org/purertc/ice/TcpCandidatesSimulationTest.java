package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNat;
import org.purertc.ice.sim.SimNetwork;

/** A server that takes connections and clients that open them, in virtual time; RFC 6544. */
class TcpCandidatesSimulationTest {

  private static final int PORT = 443;
  private static final long MS = 1_000_000;
  private static final long SECOND_NS = 1_000 * MS;

  private final SimLoop loop = new SimLoop();
  private SimNetwork network = SimNetwork.with(3).delayMs(10);
  private SimHost serverHost = network.host("10.0.0.1");
  private SimHost clientHost = network.host("10.0.0.2");
  private TransportEnd client = end(opening(clientHost, 1));
  private TransportEnd server = end(taking(serverHost, 2));

  private void use(SimNetwork other) {
    network = other;
    serverHost = other.host("10.0.0.1");
    clientHost = other.host("10.0.0.2");
    client = end(opening(clientHost, 1));
    server = end(taking(serverHost, 2));
  }

  private TransportEnd end(IceTransports transports) {
    return new TransportEnd(loop, transports);
  }

  private static IceTransports transports(
      Network host, IceConfig config, HostPolicy policy, long seed) {
    return new IceTransports(host, config, policy, new Random(seed));
  }

  /** As a browser is: it opens connections and takes none. */
  private static IceTransports opening(Network host, long seed) {
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).tcp(true, 0).build();
    return transports(host, IceConfig.DEFAULT, policy, seed);
  }

  /** As a server is: it takes connections on one port, and opens them, too. */
  private static IceTransports taking(Network host, long seed) {
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).tcp(true, PORT).build();
    return transports(host, IceConfig.DEFAULT, policy, seed);
  }

  private void begin(TransportEnd controlling, TransportEnd controlled) {
    loop.execute(() -> controlling.begin(IceRole.CONTROLLING, controlled));
    loop.execute(() -> controlled.begin(IceRole.CONTROLLED, controlling));
  }

  private void connectWithoutUdp() {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    begin(client, server);
    assertThat(run(5, client, server)).isTrue();
  }

  private boolean run(long seconds, TransportEnd... ends) {
    return loop.runUntil(
        () -> List.of(ends).stream().allMatch(TcpCandidatesSimulationTest::isCompleted),
        loop.nowNs() + seconds * SECOND_NS);
  }

  private static boolean isCompleted(TransportEnd end) {
    return end.transport.state() == IceTransportState.COMPLETED;
  }

  private void assertTalk(TransportEnd a, TransportEnd b) {
    a.texts.clear();
    b.texts.clear();
    loop.execute(() -> a.send("from a"));
    loop.execute(() -> b.send("from b"));
    loop.runFor(SECOND_NS);
    assertThat(b.texts).containsExactly("from a");
    assertThat(a.texts).containsExactly("from b");
  }

  private void close(TransportEnd... ends) {
    for (TransportEnd each : ends) {
      loop.execute(each.transport::close);
    }
    loop.runFor(SECOND_NS);
    assertThat(loop.timersSet()).as("timers").isZero();
    assertThat(network.openPorts()).as("ports").isZero();
  }

  private static CandidatePair selected(TransportEnd end) {
    CandidatePair pair = end.transport.selectedPair();
    assertThat(pair).isNotNull();
    return pair;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBlockedUdpLeavesTcp(boolean clientControls) {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    begin(clientControls ? client : server, clientControls ? server : client);
    assertThat(run(5, client, server)).isTrue();
    assertThat(loop.nowNs()).isLessThan(2 * SECOND_NS);
    assertTalk(client, server);
    assertThat(selected(client).local().tcpType()).isEqualTo(TcpType.ACTIVE);
    assertThat(selected(client).local().address().getPort()).isEqualTo(9);
    assertThat(selected(client).remote().tcpType()).isEqualTo(TcpType.PASSIVE);
    assertThat(selected(client).remote().address().getPort()).isEqualTo(PORT);
    assertThat(selected(server).local().tcpType()).isEqualTo(TcpType.PASSIVE);
    assertThat(selected(server).remote().tcpType()).isEqualTo(TcpType.ACTIVE);
    assertThat(selected(server).remote().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    loop.runFor(120 * SECOND_NS);
    assertThat(network.streamsOpened()).isEqualTo(1);
    assertTalk(client, server);
    close(client, server);
  }

  @Test
  void bothMayOpenAConnectionWhenBothTakeThem() {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    TransportEnd a = end(taking(clientHost, 1));
    TransportEnd b = end(taking(serverHost, 2));
    begin(a, b);
    assertThat(run(5, a, b)).isTrue();
    assertTalk(a, b);
    assertThat(network.streamsOpened()).isEqualTo(2);
    loop.runFor(60 * SECOND_NS);
    assertTalk(a, b);
    // Two ports that listen, two of UDP, and both ends of the connection that is in use.
    assertThat(network.openPorts()).isEqualTo(6);
    close(a, b);
  }

  @Test
  void udpIsPreferredAndTheUnusedConnectionIsGivenUp() {
    begin(client, server);
    assertThat(run(5, client, server)).isTrue();
    assertThat(selected(client).local().isTcp()).isFalse();
    assertThat(selected(server).local().isTcp()).isFalse();
    loop.runFor(60 * SECOND_NS);
    // One UDP port each and the port that listens.
    assertThat(network.openPorts()).isEqualTo(3);
    assertTalk(client, server);
    close(client, server);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBrokenConnectionIsReplacedByTheSideThatOpenedIt(boolean clientControls) {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    begin(clientControls ? client : server, clientControls ? server : client);
    assertThat(run(5, client, server)).isTrue();
    for (int i = 0; i < 5; i++) {
      loop.runFor(7 * SECOND_NS);
      network.resetStreams();
      loop.runFor(SECOND_NS);
      assertTalk(client, server);
    }
    assertThat(network.streamsOpened()).isEqualTo(6);
    assertThat(client.events).doesNotContain("FAILED", "DISCONNECTED");
    assertThat(server.events).doesNotContain("FAILED");
    close(client, server);
  }

  @Test
  void aConnectionThatOutlivesAnOutageGoesOn() {
    connectWithoutUdp();
    network.cut();
    loop.runFor(15 * SECOND_NS);
    assertThat(client.transport.state()).isEqualTo(IceTransportState.DISCONNECTED);
    network.restore();
    loop.runFor(5 * SECOND_NS);
    assertTalk(client, server);
    assertThat(client.events).doesNotContain("FAILED");
    close(client, server);
  }

  @Test
  void aConnectionThatBreaksInAnOutageIsReplacedAfterIt() {
    connectWithoutUdp();
    network.cut();
    network.resetStreams();
    loop.runFor(15 * SECOND_NS);
    network.restore();
    loop.runFor(3 * SECOND_NS);
    assertTalk(client, server);
    close(client, server);
  }

  @Test
  void aServerThatIsGoneFailsTheConnectionWhenConsentExpires() {
    connectWithoutUdp();
    loop.execute(server.transport::close);
    loop.runFor(60 * SECOND_NS);
    assertThat(client.transport.state()).isEqualTo(IceTransportState.FAILED);
    close(client);
  }

  @Test
  void aRefusedConnectionIsTriedAgainAFewTimes() {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    server = end(opening(serverHost, 2));
    begin(client, server);
    var nobody = new InetSocketAddress("10.0.0.1", PORT);
    IceCandidate passive = HostCandidates.tcp(nobody, 0, TcpType.PASSIVE);
    loop.execute(() -> client.transport.addRemoteCandidate(passive));
    loop.runFor(60 * SECOND_NS);
    assertThat(network.streamsTried()).isEqualTo(CheckList.MAX_UNANSWERED);
    assertThat(tcpStates(client)).isEmpty();
    assertThat(client.transport.state()).isEqualTo(IceTransportState.FAILED);
    close(client, server);
  }

  @Test
  void aServerThatTakesConnectionsLaterIsReached() throws IOException {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    var busy = new InetSocketAddress("10.0.0.1", PORT);
    Network.StreamListener refusing =
        serverHost.listen(loop, busy, (connection, nowNs) -> connection.close());
    IceCandidate passive = HostCandidates.tcp(busy, 0, TcpType.PASSIVE);
    loop.execute(() -> client.begin(IceRole.CONTROLLING, server));
    loop.execute(() -> client.transport.addRemoteCandidate(passive));
    loop.runFor(3 * SECOND_NS);
    refusing.close();
    loop.execute(() -> server.begin(IceRole.CONTROLLED, client));
    assertThat(run(10, client, server)).isTrue();
    assertTalk(client, server);
    close(client, server);
  }

  @Test
  void aConnectionThatNobodyAnswersIsOpenedAnewAfterTenSeconds() {
    use(SimNetwork.with(1).delayMs(10));
    begin(client, server);
    network.cut();
    loop.runFor(5 * SECOND_NS);
    assertThat(network.streamsTried()).isEqualTo(1);
    loop.runFor(6 * SECOND_NS);
    assertThat(network.streamsTried()).isEqualTo(2);
    assertThat(tcpStates(client)).containsExactly("in-progress");
    close(client, server);
  }

  private static List<String> tcpStates(TransportEnd end) {
    return end.transport.statistics().stream()
        .filter(pair -> pair.pair().remote().isTcp())
        .map(PairStatistics::state)
        .toList();
  }

  @Test
  void aLiteServerTakesConnections() {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).tcp(true, PORT).build();
    server = end(transports(serverHost, IceConfig.DEFAULT.withLite(true), policy, 2));
    begin(client, server);
    assertThat(run(5, client)).isTrue();
    assertTalk(client, server);
    assertThat(server.candidates)
        .extracting(IceCandidate::tcpType)
        .containsExactly(null, TcpType.PASSIVE);
    loop.runFor(5 * SECOND_NS);
    network.resetStreams();
    loop.runFor(SECOND_NS);
    assertTalk(client, server);
    close(client, server);
  }

  @Test
  void anIceRestartGoesOverTheConnectionThatIsThere() {
    connectWithoutUdp();
    loop.execute(() -> client.transport.restart(client.transport.newCredentials()));
    loop.execute(() -> server.transport.restart(server.transport.newCredentials()));
    begin(client, server);
    loop.runFor(10 * SECOND_NS);
    assertThat(isCompleted(client) && isCompleted(server)).isTrue();
    assertTalk(client, server);
    assertThat(network.streamsOpened()).isEqualTo(1);
    close(client, server);
  }

  @ParameterizedTest
  @EnumSource(SimNat.Type.class)
  void aClientBehindAnyNatReachesTheServer(SimNat.Type type) {
    use(SimNetwork.with(1).delayMs(10).blockUdp());
    SimNat nat = network.nat(type, false, "203.0.113.1");
    client = end(opening(network.host(nat, "192.168.0.2"), 1));
    begin(server, client);
    assertThat(run(5, client, server)).isTrue();
    assertThat(selected(server).remote().address().getHostString()).isEqualTo("203.0.113.1");
    assertThat(selected(client).local().type()).isEqualTo(CandidateType.PEER_REFLEXIVE);
    assertThat(selected(client).local().tcpType()).isEqualTo(TcpType.ACTIVE);
    assertTalk(client, server);
    close(client, server);
  }

  @Test
  void aServerBehindANatTellsItsPublicAddress() {
    use(SimNetwork.with(1).delayMs(10));
    HostPolicy policy =
        HostPolicy.builder(Addresses.ALL)
            .natMappings(List.of(new NatMapping(null, address("203.0.113.7"))), false)
            .tcp(false, PORT)
            .build();
    server = end(transports(serverHost, IceConfig.DEFAULT, policy, 2));
    loop.execute(() -> server.transport.gather());
    loop.runFor(SECOND_NS);
    assertThat(server.candidates)
        .extracting(each -> each.address().getHostString())
        .containsOnly("203.0.113.7");
    assertThat(server.candidates.get(1).address().getPort()).isEqualTo(PORT);
    close(server);
  }

  private static InetAddress address(String literal) {
    return new InetSocketAddress(literal, 0).getAddress();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void eachOfManyGetsWhatIsItsOwnOverABadNetwork(long seed) {
    use(SimNetwork.with(seed).delayMs(20).jitterMs(10).lossPercent(10).blockUdp());
    IceTransports many = taking(serverHost, seed);
    List<TransportEnd> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      TransportEnd visitor = end(opening(clientHost, seed + 100 + i));
      TransportEnd its = end(many);
      begin(visitor, its);
      all.addAll(List.of(visitor, its));
    }
    assertThat(run(20, all.toArray(TransportEnd[]::new))).as("seed %d", seed).isTrue();
    for (int i = 0; i < 60; i++) {
      TransportEnd from = all.get(i);
      String text = "for " + i / 2;
      loop.execute(() -> from.send(text));
    }
    loop.runFor(5 * SECOND_NS);
    for (int i = 0; i < 60; i++) {
      assertThat(all.get(i).texts).as("seed %d", seed).containsExactly("for " + i / 2);
    }
    close(all.toArray(TransportEnd[]::new));
  }

  /** Its one UDP port is taken where it is now, and the other side takes no connections. */
  @Test
  void aRestartThatLeavesOnlyAWayOutFailsAtOnce() throws IOException {
    HostPolicy onePort =
        HostPolicy.builder(Addresses.ALL).tcp(true, 0).ports(new PortRange(5000, 5000)).build();
    client = end(transports(clientHost, IceConfig.DEFAULT, onePort, 1));
    server = end(opening(serverHost, 2));
    begin(client, server);
    assertThat(run(5, client, server)).isTrue();
    clientHost.setAddresses("10.0.0.3");
    var taken = new InetSocketAddress("10.0.0.3", 5000);
    Network.DatagramPort other = clientHost.open(loop, taken, new Deaf());
    loop.execute(() -> client.transport.restart(client.transport.newCredentials()));
    loop.execute(() -> server.transport.restart(server.transport.newCredentials()));
    begin(client, server);
    loop.runFor(2 * SECOND_NS);
    assertThat(client.transport.state()).isEqualTo(IceTransportState.FAILED);
    assertThat(client.lastReason).startsWith("no local candidate: ");
    other.close();
    close(client, server);
  }

  private static final class Deaf implements Network.DatagramReceiver {

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

    @Override
    public void onWritable(long nowNs) {}
  }

  @Test
  void aCandidateOfSimultaneousOpenMakesNoPair() {
    begin(client, server);
    loop.runFor(SECOND_NS);
    var address = new InetSocketAddress("10.0.0.1", 77);
    loop.execute(
        () -> {
          for (TcpType type : List.of(TcpType.ACTIVE, TcpType.SIMULTANEOUS_OPEN)) {
            client.transport.addRemoteCandidate(HostCandidates.tcp(address, 0, type));
          }
        });
    loop.runFor(SECOND_NS);
    assertThat(client.transport.statistics())
        .noneMatch(pair -> pair.pair().remote().address().equals(address));
    close(client, server);
  }
}
