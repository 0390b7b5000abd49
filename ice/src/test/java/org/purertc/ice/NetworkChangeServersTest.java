package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNat;
import org.purertc.ice.sim.SimNetwork;
import org.purertc.ice.turn.IceServer;
import org.purertc.ice.turn.ServerCredentials;
import org.purertc.ice.turn.ServerUrl;
import org.purertc.ice.turn.TurnServerDouble;

/** What becomes of server-reflexive and relayed candidates when addresses come and go. */
class NetworkChangeServersTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(5).delayMs(20);
  private final TurnServerDouble server = new TurnServerDouble(network.host("203.0.113.1"), loop);
  private final SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, false, "198.51.100.1");
  private final SimHost host = network.host(nat, "192.168.0.2");
  private final SimHost remoteHost = network.host("10.0.0.2");

  private TransportEnd end(SimHost on, boolean relayOnly, String... urls) {
    List<IceServer> list = new ArrayList<>();
    var credentials = new ServerCredentials(TurnServerDouble.USER, TurnServerDouble.PASSWORD);
    try {
      for (String url : urls) {
        list.add(new IceServer(ServerUrl.parse(url), credentials));
      }
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
    var transports =
        new IceTransports(on, IceConfig.DEFAULT, Addresses.EXCEPT_LOOPBACK, new Random(7));
    return new TransportEnd(loop, transports, new IceServers(list, relayOnly, Runnable::run, null));
  }

  private void change(String... addresses) {
    host.setAddresses(addresses);
    host.tellWatchers();
    loop.runFor(SECOND_NS);
  }

  private void restart(TransportEnd end) {
    end.candidates.clear();
    loop.execute(() -> end.transport.restart(end.transport.newCredentials()));
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
  }

  private static List<String> told(TransportEnd end) {
    return end.candidates.stream()
        .map(each -> each.type() + " " + each.address().getAddress().getHostAddress())
        .toList();
  }

  private void connect(TransportEnd ours, TransportEnd remote) {
    loop.execute(() -> ours.begin(IceRole.CONTROLLING, remote));
    loop.execute(() -> remote.begin(IceRole.CONTROLLED, ours));
    loop.runFor(5 * SECOND_NS);
    assertThat(ours.transport.state()).isEqualTo(IceTransportState.COMPLETED);
  }

  private void closeAll(TransportEnd... ends) {
    for (TransportEnd each : ends) {
      loop.execute(each.transport::close);
    }
    loop.runFor(2 * SECOND_NS);
    assertThat(server.allocations()).isZero();
    server.kill();
    assertThat(loop.timersSet()).isZero();
    assertThat(network.openPorts()).isZero();
  }

  @Test
  void aRestartTellsTheReflexiveAddressOfTheNewAddressOnly() {
    TransportEnd end = end(host, false, "stun:203.0.113.1");
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    IceCandidate before = end.candidates.get(1);
    assertThat(told(end)).containsExactly("host 192.168.0.2", "srflx 198.51.100.1");
    change("192.168.0.9");
    assertThat(end.candidates).hasSize(2);
    restart(end);
    assertThat(told(end)).containsExactly("host 192.168.0.9", "srflx 198.51.100.1");
    assertThat(end.candidates.get(1).address()).isNotEqualTo(before.address());
    assertThat(end.candidates.get(1).relatedAddress()).isEqualTo(end.candidates.get(0).address());
    assertThat(end.events).containsExactly("gathered", "gathered");
    closeAll(end);
  }

  @Test
  void whatIsAskedFromAnAddressThatGoesIsNotWaitedFor() {
    server.kill();
    TransportEnd end = end(host, false, "stun:203.0.113.1", "turn:203.0.113.1");
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    assertThat(end.events).isEmpty();
    change();
    assertThat(end.events).containsExactly("gathered");
    server.restart();
    closeAll(end);
  }

  @Test
  void anAddressThatComesWhileCandidatesAreGatheredIsToldWithThem() {
    server.kill();
    TransportEnd end = end(host, false, "stun:203.0.113.1");
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    change("192.168.0.2", "192.168.0.3");
    assertThat(told(end)).containsExactly("host 192.168.0.2", "host 192.168.0.3");
    assertThat(end.events).isEmpty();
    server.restart();
    loop.runFor(12 * SECOND_NS);
    assertThat(end.events).containsExactly("gathered");
    assertThat(told(end)).contains("srflx 198.51.100.1");
    closeAll(end);
  }

  @Test
  void anAddressThatReplacesTheOnlyOneWhileCandidatesAreGatheredIsToldWithThem() {
    server.kill();
    TransportEnd end = end(host, false, "stun:203.0.113.1");
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    change("192.168.0.9");
    assertThat(told(end)).endsWith("host 192.168.0.9");
    assertThat(end.events).as("what was awaited is gone, but not all").doesNotContain("gathered");
    server.restart();
    loop.runFor(12 * SECOND_NS);
    assertThat(told(end)).endsWith("srflx 198.51.100.1");
    assertThat(end.events).contains("gathered");
    closeAll(end);
  }

  @Test
  void aRestartLooksAtTheAddressesOfNow() {
    host.keepRecentAddresses();
    TransportEnd end = end(host, false);
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    host.setAddresses("192.168.0.9");
    restart(end);
    assertThat(told(end)).containsExactly("host 192.168.0.9");
    closeAll(end);
  }

  @Test
  void theAllocationGoesWithItsAddressAndTheNewAddressHasOne() {
    TransportEnd end = end(host, false, "turn:203.0.113.1");
    loop.execute(end.transport::gather);
    loop.runFor(SECOND_NS);
    assertThat(server.allocations()).isEqualTo(1);
    change();
    loop.runFor(2 * SECOND_NS);
    assertThat(network.openPorts()).as("server and relayed").isEqualTo(2);
    change("192.168.0.9");
    assertThat(told(end)).containsOnlyOnce("relay 203.0.113.1");
    restart(end);
    assertThat(told(end))
        .containsExactlyInAnyOrder("host 192.168.0.9", "srflx 198.51.100.1", "relay 203.0.113.1");
    loop.runFor(700 * SECOND_NS);
    assertThat(server.allocations()).as("that of the lost address has expired").isEqualTo(1);
    closeAll(end);
  }

  @Test
  void aPeerThatIsReachedByRelaysOnlyGoesOnOverAnotherRelay() {
    TransportEnd ours = end(host, true, "turn:203.0.113.1");
    TransportEnd remote = end(remoteHost, false);
    connect(ours, remote);
    CandidatePair before = ours.transport.selectedPair();
    assertThat(before).isNotNull();
    assertThat(before.local().type()).isEqualTo(CandidateType.RELAYED);
    ours.events.clear();
    change("192.168.0.9");
    assertThat(ours.events).startsWith("DISCONNECTED");
    assertThat(ours.transport.state()).isEqualTo(IceTransportState.COMPLETED);
    loop.runFor(9 * SECOND_NS);
    loop.execute(() -> ours.send("over another relay"));
    loop.execute(() -> remote.send("and back"));
    loop.runFor(SECOND_NS);
    assertThat(remote.texts).containsExactly("over another relay");
    assertThat(ours.texts).containsExactly("and back");
    CandidatePair after = ours.transport.selectedPair();
    assertThat(after).isNotNull();
    assertThat(after.local().address()).isNotEqualTo(before.local().address());
    loop.runFor(700 * SECOND_NS); // the server forgets the first allocation
    assertThat(server.allocations()).isEqualTo(1);
    closeAll(ours, remote);
  }
}
