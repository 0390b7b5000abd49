package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.io.Network;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.sim.SimPort;

/** The one port of a server whose addresses come and go; virtual time. */
class NetworkChangeSharedPortTest {

  private static final int PORT = 3478;
  private static final int PEERS = 20;
  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(4).delayMs(10);
  private final SimHost host = network.host("10.0.0.1");
  private final SimHost clientHost = network.host("10.0.0.2");
  private final List<TransportEnd> servers = new ArrayList<>();
  private final List<TransportEnd> clients = new ArrayList<>();

  private void connectAll() {
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).sharedPort(PORT, null).build();
    var onePort = new IceTransports(host, IceConfig.DEFAULT, policy, new Random(1));
    var ownPorts = new IceTransports(clientHost, IceConfig.DEFAULT, Addresses.ALL, new Random(2));
    for (int i = 0; i < PEERS; i++) {
      TransportEnd server = new TransportEnd(loop, onePort);
      TransportEnd client = new TransportEnd(loop, ownPorts);
      loop.execute(() -> server.begin(IceRole.CONTROLLED, client));
      loop.execute(() -> client.begin(IceRole.CONTROLLING, server));
      servers.add(server);
      clients.add(client);
    }
    loop.runFor(5 * SECOND_NS);
    assertAllConnectedAt("10.0.0.1");
  }

  private void assertAllConnectedAt(String address) {
    assertThat(servers)
        .allSatisfy(
            each -> {
              CandidatePair pair = each.transport.selectedPair();
              assertThat(pair).isNotNull();
              assertThat(pair.local().address()).isEqualTo(new InetSocketAddress(address, PORT));
            });
    for (int i = 0; i < PEERS; i++) {
      TransportEnd client = clients.get(i);
      TransportEnd server = servers.get(i);
      String text = "for " + i;
      client.texts.clear();
      server.texts.clear();
      loop.execute(() -> client.send(text));
      loop.execute(() -> server.send(text));
      loop.runFor(SECOND_NS);
      assertThat(server.texts).containsExactly(text);
      assertThat(client.texts).containsExactly(text);
    }
  }

  private void change(String... addresses) {
    host.setAddresses(addresses);
    host.tellWatchers();
    loop.runFor(SECOND_NS);
  }

  private void closeAll() {
    servers.forEach(each -> loop.execute(each.transport::close));
    clients.forEach(each -> loop.execute(each.transport::close));
    loop.runFor(SECOND_NS);
    assertThat(loop.timersSet()).isZero();
    assertThat(network.openPorts()).isZero();
    assertThat(host.watchers()).isZero();
  }

  @Test
  void itIsOpenedOnANewAddressAndClosedOnTheOneThatGoes() {
    connectAll();
    assertThat(network.openPorts()).isEqualTo(PEERS + 1);
    change("10.0.0.1", "10.3.0.1");
    assertThat(network.openPorts()).isEqualTo(PEERS + 2);
    change("10.3.0.1");
    assertThat(network.openPorts()).isEqualTo(PEERS + 1);
    loop.runFor(9 * SECOND_NS); // the clients notice by their checks of consent
    assertAllConnectedAt("10.3.0.1");
    closeAll();
  }

  @Test
  void allGoOnWhenTheAddressComesBack() {
    connectAll();
    change();
    assertThat(network.openPorts()).isEqualTo(PEERS);
    assertThat(servers)
        .allSatisfy(
            each -> assertThat(each.transport.state()).isEqualTo(IceTransportState.DISCONNECTED));
    loop.runFor(3 * SECOND_NS);
    change("10.0.0.1");
    assertAllConnectedAt("10.0.0.1");
    closeAll();
  }

  @Test
  void anotherProgramThatTookThePortMeanwhileIsLeftAlone() throws IOException {
    connectAll();
    change();
    host.setAddresses("10.0.0.1");
    SimPort other =
        host.open(
            loop,
            new InetSocketAddress("10.0.0.1", PORT),
            new Network.DatagramReceiver() {
              @Override
              public void onDatagram(
                  byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {}

              @Override
              public void onWritable(long nowNs) {}
            });
    host.tellWatchers();
    loop.runFor(SECOND_NS);
    assertThat(servers)
        .allSatisfy(
            each -> assertThat(each.transport.state()).isEqualTo(IceTransportState.DISCONNECTED));
    other.close();
    host.tellWatchers(); // the next look
    loop.runFor(SECOND_NS);
    assertAllConnectedAt("10.0.0.1");
    closeAll();
  }

  @Test
  void aPeerThatComesDuringTheChangeFindsThePortOfNow() {
    connectAll();
    host.setAddresses("10.4.0.1");
    HostPolicy policy = HostPolicy.builder(Addresses.ALL).sharedPort(PORT, null).build();
    var late =
        new TransportEnd(loop, new IceTransports(host, IceConfig.DEFAULT, policy, new Random(9)));
    loop.execute(late.transport::gather);
    loop.runFor(1);
    assertThat(late.candidates)
        .extracting(IceCandidate::address)
        .containsExactly(new InetSocketAddress("10.4.0.1", PORT));
    servers.add(late);
    closeAll();
  }
}
