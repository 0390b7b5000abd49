package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.Network;
import org.purertc.ice.mdns.LocalName;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNat;
import org.purertc.ice.sim.SimNetwork;

/** Transports that tell names instead of addresses, in virtual time. */
class HiddenHostTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final HostPolicy HIDDEN =
      HostPolicy.builder(Addresses.EXCEPT_LOOPBACK).hidesAddresses(true).build();

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(1);

  private TransportEnd end(Network host, HostPolicy policy, int seed) {
    return new TransportEnd(
        loop, new IceTransports(host, IceConfig.DEFAULT, policy, new Random(seed)));
  }

  private void run(double seconds) {
    loop.runUntil(loop.nowNs() + (long) (seconds * SECOND_NS));
  }

  private void connect(TransportEnd a, TransportEnd b) {
    loop.execute(() -> a.begin(IceRole.CONTROLLING, b));
    loop.execute(() -> b.begin(IceRole.CONTROLLED, a));
    run(1);
  }

  @Test
  void connectsWithBothSidesHidden() {
    TransportEnd a = end(network.host("192.0.2.1"), HIDDEN, 1);
    TransportEnd b = end(network.host("192.0.2.2"), HIDDEN, 2);
    connect(a, b);
    assertThat(a.connected).isDone();
    assertThat(b.connected).isDone();
    CandidatePair pair = a.transport.selectedPair();
    assertThat(pair).isNotNull();
    assertThat(pair.remote().type()).isEqualTo(CandidateType.HOST);
    assertThat(LocalName.of(pair.remote().address()))
        .isEqualTo(LocalName.of(b.candidates.get(0).address()));
    assertThat(LocalName.of(pair.local().address())).isNotNull();
  }

  @Test
  void connectsOnASharedPort() {
    HostPolicy shared =
        HostPolicy.builder(Addresses.EXCEPT_LOOPBACK)
            .sharedPort(5_000, null)
            .hidesAddresses(true)
            .build();
    TransportEnd a = end(network.host("192.0.2.1"), shared, 1);
    TransportEnd b = end(network.host("192.0.2.2"), HIDDEN, 2);
    connect(a, b);
    assertThat(a.connected).isDone();
    assertThat(LocalName.of(a.candidates.get(0).address())).isNotNull();
  }

  /** Section 3.1.1: a name for each address. */
  @Test
  void hasANameForEachAddress() {
    TransportEnd a = end(network.host("192.0.2.1", "2001:db8::1"), HIDDEN, 1);
    loop.execute(a.transport::gather);
    run(0.1);
    assertThat(a.candidates)
        .hasSize(2)
        .allSatisfy(each -> assertThat(LocalName.of(each.address())).isNotNull());
    assertThat(LocalName.of(a.candidates.get(0).address()))
        .isNotEqualTo(LocalName.of(a.candidates.get(1).address()));
  }

  @Test
  void hasNoNameForLoopback() {
    TransportEnd a =
        end(
            network.host("127.0.0.1"),
            HostPolicy.builder(Addresses.ALL).hidesAddresses(true).build(),
            1);
    loop.execute(a.transport::gather);
    run(0.1);
    assertThat(a.candidates).hasSize(1);
    assertThat(LocalName.of(a.candidates.get(0).address())).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsThePublicAddressOfAMapping(boolean tellsMapped) throws Exception {
    var mapping = List.of(new NatMapping(null, InetAddress.getByName("203.0.113.1")));
    HostPolicy policy =
        HostPolicy.builder(Addresses.ALL)
            .natMappings(mapping, tellsMapped)
            .hidesAddresses(true)
            .build();
    TransportEnd a = end(network.host("10.0.0.1"), policy, 1);
    loop.execute(a.transport::gather);
    run(0.1);
    List<String> told =
        a.candidates.stream()
            .filter(each -> LocalName.of(each.address()) == null)
            .map(each -> each.address().getHostString())
            .toList();
    assertThat(told).containsExactly("203.0.113.1");
    assertThat(a.candidates).hasSize(tellsMapped ? 2 : 1);
  }

  private HostPolicy.Builder takingConnections() {
    return HostPolicy.builder(Addresses.EXCEPT_LOOPBACK).hidesAddresses(true).tcp(true, 443);
  }

  private static List<String> tcpTold(TransportEnd end) {
    return end.candidates.stream()
        .filter(IceCandidate::isTcp)
        .map(each -> each.tcpType() + " " + each.address().getHostString())
        .toList();
  }

  /** The port for UDP is taken, and the other side finds the one for connections by its name. */
  @Test
  void takesConnectionsUnderItsName() throws IOException {
    SimHost host = network.host("192.0.2.1");
    PortRange one = new PortRange(5_000, 5_000);
    Network.DatagramPort taken =
        host.open(loop, new InetSocketAddress("192.0.2.1", 5_000), new NobodyReceives());
    TransportEnd a = end(host, takingConnections().ports(one).build(), 1);
    HostPolicy opening = takingConnections().tcp(true, 0).build();
    TransportEnd b = end(network.host("192.0.2.2"), opening, 2);
    connect(a, b);
    assertThat(a.connected).isDone();
    assertThat(b.connected).isDone();
    LocalName name = LocalName.of(a.candidates.get(0).address());
    assertThat(name).isNotNull();
    assertThat(tcpTold(a)).containsExactly("passive " + name);
    CandidatePair pair = b.transport.selectedPair();
    assertThat(pair).isNotNull();
    assertThat(pair.remote().tcpType()).isEqualTo(TcpType.PASSIVE);
    loop.execute(a.transport::close);
    loop.execute(b.transport::close);
    taken.close();
    run(3);
    assertThat(network.openPorts()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void hasOneNameForBothPortsOfAnAddress() {
    TransportEnd a = end(network.host("192.0.2.1"), takingConnections().build(), 1);
    loop.execute(a.transport::gather);
    run(0.1);
    assertThat(a.candidates).hasSize(2);
    assertThat(LocalName.of(a.candidates.get(1).address()))
        .isNotNull()
        .isEqualTo(LocalName.of(a.candidates.get(0).address()));
  }

  @Test
  void tellsThePublicAddressOfAMappingForConnections() throws Exception {
    var mapping = List.of(new NatMapping(null, InetAddress.getByName("203.0.113.1")));
    TransportEnd a =
        end(network.host("10.0.0.1"), takingConnections().natMappings(mapping, false).build(), 1);
    loop.execute(a.transport::gather);
    run(0.1);
    assertThat(tcpTold(a)).containsExactly("passive 203.0.113.1");
  }

  private static final class NobodyReceives implements Network.DatagramReceiver {

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

    @Override
    public void onWritable(long nowNs) {}
  }

  @Test
  void leavesNothingBehind() {
    TransportEnd a = end(network.host("192.0.2.1"), HIDDEN, 1);
    TransportEnd b = end(network.host("192.0.2.2"), HIDDEN, 2);
    connect(a, b);
    loop.execute(a.transport::close);
    loop.execute(b.transport::close);
    run(3);
    assertThat(network.openPorts()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  /** Multicast does not leave a network, but who is asked shows his address. */
  @Test
  void connectsToSomebodyOutsideWhoToldItsAddress() {
    SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, false, "198.51.100.1");
    TransportEnd a = end(network.host(nat, "10.0.0.1"), HIDDEN, 1);
    TransportEnd b = end(network.host("192.0.2.2"), HostPolicy.of(Addresses.ALL), 2);
    connect(a, b);
    assertThat(a.connected).isDone();
    assertThat(b.connected).isDone();
  }
}
