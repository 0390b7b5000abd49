package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
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

/** Candidates from servers in virtual time, on transports as peers have them. */
class ServerGatheringTest {

  private static final long SECOND_NS = 1_000_000_000L;
  private static final String STUN = "stun:203.0.113.1";
  private static final String TURN = "turn:203.0.113.1";

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(20);
  private final TurnServerDouble server = new TurnServerDouble(network.host("203.0.113.1"), loop);
  private final SimHost hostA = network.host("10.0.0.1");
  private final SimHost hostB = network.host("10.0.0.2");

  private final List<Runnable> lookUps = new ArrayList<>();

  private IceServers servers(boolean relayOnly, String password, String... urls) {
    return servers(relayOnly, password, Runnable::run, urls);
  }

  private static IceServers servers(
      boolean relayOnly, String password, Executor blocking, String... urls) {
    List<IceServer> list = new ArrayList<>();
    for (String url : urls) {
      try {
        list.add(
            new IceServer(
                ServerUrl.parse(url), new ServerCredentials(TurnServerDouble.USER, password)));
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
    return new IceServers(list, relayOnly, blocking, null);
  }

  private TransportEnd end(SimHost host, IceServers servers) {
    IceTransports transports =
        new IceTransports(host, IceConfig.DEFAULT, Addresses.EXCEPT_LOOPBACK, new Random(7));
    return new TransportEnd(loop, transports, servers);
  }

  private TransportEnd gathered(IceServers servers) {
    TransportEnd end = end(hostA, servers);
    end.transport.gather();
    loop.runFor(SECOND_NS);
    return end;
  }

  private List<CandidateType> types(TransportEnd end) {
    return end.candidates.stream().map(IceCandidate::type).toList();
  }

  @Test
  void aReflexiveCandidateThatIsTheHostsOwnAddressIsRedundant() {
    TransportEnd end = gathered(servers(false, "", STUN));
    assertThat(types(end)).containsExactly(CandidateType.HOST);
    assertThat(end.events).containsExactly("gathered");
    assertThat(end.errors).isEmpty();
  }

  /** draft-ietf-mmusic-mdns-ice-candidates section 3.1.2.2: who was told a name learns it now. */
  @Test
  void theHostsOwnAddressIsNewsWhenItIsHidden() {
    HostPolicy policy = HostPolicy.builder(Addresses.EXCEPT_LOOPBACK).hidesAddresses(true).build();
    IceTransports transports = new IceTransports(hostA, IceConfig.DEFAULT, policy, new Random(7));
    TransportEnd end = new TransportEnd(loop, transports, servers(false, "", STUN));
    end.transport.gather();
    loop.runFor(SECOND_NS);
    assertThat(types(end)).containsExactly(CandidateType.HOST, CandidateType.SERVER_REFLEXIVE);
    assertThat(end.candidates.get(0).address().getHostString()).endsWith(".local");
    assertThat(end.candidates.get(1).address().getHostString()).isEqualTo("10.0.0.1");
    assertThat(end.candidates.get(1).relatedAddress().getHostString()).endsWith(".local");
  }

  @Test
  void aRestartAsksAgainWhichAddressTheNatHas() {
    SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, false, "198.51.100.1");
    TransportEnd end = end(network.host(nat, "10.1.0.1"), servers(false, "", STUN));
    end.transport.gather();
    loop.runFor(SECOND_NS);
    nat.rebind();
    end.transport.restart(end.transport.newCredentials());
    end.transport.gather();
    loop.runFor(SECOND_NS);
    List<IceCandidate> reflexive =
        end.candidates.stream().filter(c -> c.type() == CandidateType.SERVER_REFLEXIVE).toList();
    assertThat(reflexive).hasSize(2);
    assertThat(reflexive.get(1).address()).isNotEqualTo(reflexive.get(0).address());
    assertThat(end.events).containsExactly("gathered", "gathered");
  }

  @Test
  void aRestartTellsAgainWhatTheServersStillSee() {
    SimNat nat = network.nat(SimNat.Type.PORT_RESTRICTED, false, "198.51.100.1");
    TransportEnd end = end(network.host(nat, "10.1.0.1"), servers(false, "", STUN, STUN));
    end.transport.gather();
    loop.runFor(SECOND_NS);
    List<IceCandidate> before = List.copyOf(end.candidates);
    end.candidates.clear();
    end.transport.restart(end.transport.newCredentials());
    end.transport.gather();
    loop.runFor(SECOND_NS);
    assertThat(types(end)).containsExactly(CandidateType.HOST, CandidateType.SERVER_REFLEXIVE);
    assertThat(end.candidates).isEqualTo(before);
  }

  @Test
  void aTurnServerGivesARelayedCandidate() {
    TransportEnd end = gathered(servers(false, TurnServerDouble.PASSWORD, TURN));
    assertThat(types(end)).containsExactly(CandidateType.HOST, CandidateType.RELAYED);
    IceCandidate relayed = end.candidates.get(1);
    assertThat(relayed.server()).isEqualTo(new CandidateServer(TURN, "udp"));
    assertThat(relayed.address().getAddress().getHostAddress()).isEqualTo("203.0.113.1");
    assertThat(relayed.relatedAddress().getAddress().getHostAddress()).isEqualTo("10.0.0.1");
    assertThat(relayed.priority()).isLessThan(end.candidates.get(0).priority());
    assertThat(end.events).containsExactly("gathered");
  }

  @Test
  void relayOnlyTellsRelayedCandidatesAndHidesTheHost() {
    TransportEnd end = gathered(servers(true, TurnServerDouble.PASSWORD, STUN, TURN));
    assertThat(types(end)).containsExactly(CandidateType.RELAYED);
    assertThat(end.candidates.get(0).relatedAddress().getAddress().isAnyLocalAddress()).isTrue();
    assertThat(network.openPorts()).isEqualTo(3); // server, relayed, ours to the server
  }

  @Test
  void wrongCredentialsAreReportedAndGatheringEnds() {
    TransportEnd end = gathered(servers(false, "wrong", TURN));
    assertThat(types(end)).containsExactly(CandidateType.HOST);
    assertThat(end.errors).hasSize(1);
    assertThat(end.errors.get(0).code()).isEqualTo(401);
    assertThat(end.errors.get(0).url()).isEqualTo(TURN);
    assertThat(end.events).containsExactly("gathered");
  }

  @Test
  void aSilentServerIsReportedAfterTenSeconds() {
    server.kill();
    TransportEnd end = gathered(servers(false, TurnServerDouble.PASSWORD, STUN, TURN));
    assertThat(end.events).isEmpty();
    loop.runFor(8_900_000_000L);
    assertThat(end.events).isEmpty();
    loop.runFor(200_000_000L);
    assertThat(end.events).containsExactly("gathered");
    assertThat(end.errors).hasSize(2).allMatch(error -> error.code() == 701);
  }

  @Test
  void aNameWhoseLookUpHangsIsReported() {
    TransportEnd end = gathered(servers(false, "", lookUps::add, "stun:hangs.invalid"));
    assertThat(lookUps).hasSize(1);
    loop.runFor(10 * SECOND_NS);
    assertThat(end.events).containsExactly("gathered");
    assertThat(end.errors).hasSize(1);
    assertThat(end.errors.get(0).code()).isEqualTo(701);
    assertThat(end.errors.get(0).local()).isNull();
  }

  @Test
  void stunOverTlsIsReported() {
    TransportEnd end = gathered(servers(false, "", "stuns:203.0.113.1"));
    assertThat(end.errors).hasSize(1);
    assertThat(end.events).containsExactly("gathered");
  }

  @Test
  void serversAreBounded() {
    String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = "turn:203.0.113.1:" + (4000 + i);
    }
    gathered(servers(false, TurnServerDouble.PASSWORD, many));
    // The server's port, one host port, and a port for each server that is asked.
    assertThat(network.openPorts()).isEqualTo(2 + ServerGatherer.MAX_SERVERS);
  }

  private TransportEnd[] connect() {
    IceServers relays = servers(true, TurnServerDouble.PASSWORD, TURN);
    TransportEnd[] ends = {end(hostA, relays), end(hostB, relays)};
    ends[0].begin(IceRole.CONTROLLING, ends[1]);
    ends[1].begin(IceRole.CONTROLLED, ends[0]);
    loop.runFor(5 * SECOND_NS);
    return ends;
  }

  @Test
  void twoPeersThatMayOnlyRelayConnect() {
    TransportEnd[] ends = connect();
    assertThat(ends[0].transport.state()).isEqualTo(IceTransportState.COMPLETED);
    assertThat(ends[1].transport.state()).isEqualTo(IceTransportState.COMPLETED);
    for (int i = 0; i < 100; i++) {
      ends[0].send("to b " + i);
      ends[1].send("to a " + i);
      loop.runFor(30 * SECOND_NS);
    }
    assertThat(ends[0].texts).hasSize(100);
    assertThat(ends[1].texts).hasSize(100);
    assertThat(ends[0].transport.selectedPair().local().type()).isEqualTo(CandidateType.RELAYED);
  }

  @Test
  void closingGivesEverythingBack() {
    TransportEnd[] ends = connect();
    ends[0].transport.close();
    ends[1].transport.close();
    loop.runFor(SECOND_NS);
    assertThat(server.allocations()).isZero();
    assertThat(network.openPorts()).isEqualTo(1); // the server's
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void aServerThatDiesTakesTheConnectionWithIt() {
    TransportEnd[] ends = connect();
    server.kill();
    loop.runFor(60 * SECOND_NS);
    assertThat(ends[0].events).contains("DISCONNECTED", "FAILED");
  }
}
