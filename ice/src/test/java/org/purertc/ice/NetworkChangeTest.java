package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Addresses of a host come and go while its transports live; virtual time. */
class NetworkChangeTest {

  private static final long MS = 1_000_000;
  private static final long SECOND_NS = 1_000 * MS;

  /** RFC 7675: a check of consent comes after 6 s at the latest, and after 2 s it is overdue. */
  private static final long WHEN_THE_REMOTE_HAS_NOTICED_NS = 9 * SECOND_NS;

  private final SimNetwork network = SimNetwork.with(11).delayMs(10);
  private final SimLoop loop = new SimLoop();
  private final SimHost host = network.host("10.0.0.1", "10.1.0.1");
  private final SimHost remoteHost = network.host("10.0.0.2");
  private final TransportEnd remote = end(remoteHost, HostPolicy.of(Addresses.ALL), 2);
  private final TransportEnd ours = end(host, HostPolicy.of(Addresses.ALL), 1);

  private TransportEnd end(SimHost on, HostPolicy policy, long seed) {
    return new TransportEnd(
        loop, new IceTransports(on, IceConfig.DEFAULT, policy, new Random(seed)));
  }

  private void connect(TransportEnd end, IceRole role) {
    boolean controls = role == IceRole.CONTROLLING;
    loop.execute(() -> end.begin(role, remote));
    loop.execute(() -> remote.begin(controls ? IceRole.CONTROLLED : IceRole.CONTROLLING, end));
    runUntil(end, IceTransportState.COMPLETED, 5_000);
    runUntil(remote, IceTransportState.COMPLETED, 5_000);
    loop.runFor(3 * SECOND_NS);
    end.events.clear();
    end.candidates.clear();
  }

  private void runUntil(TransportEnd end, IceTransportState state, long limitMs) {
    long limitNs = loop.nowNs() + limitMs * MS;
    assertThat(loop.runUntil(() -> end.transport.state() == state, limitNs))
        .as("%s within %s ms, after %s", state, limitMs, end.events)
        .isTrue();
  }

  private void change(String... addresses) {
    host.setAddresses(addresses);
    host.tellWatchers();
    loop.runFor(1);
  }

  private static @Nullable String selected(TransportEnd end) {
    CandidatePair pair = end.transport.selectedPair();
    return pair == null ? null : pair.local().address().getAddress().getHostAddress();
  }

  private static List<String> told(TransportEnd end) {
    return end.candidates.stream()
        .map(each -> each.type() + " " + each.address().getAddress().getHostAddress())
        .toList();
  }

  private void assertDataFlows(TransportEnd end) {
    end.texts.clear();
    remote.texts.clear();
    loop.execute(() -> end.send("ping"));
    loop.execute(() -> remote.send("pong"));
    loop.runFor(100 * MS);
    assertThat(remote.texts).containsExactly("ping");
    assertThat(end.texts).containsExactly("pong");
  }

  private void closeAll(TransportEnd... ends) {
    for (TransportEnd each : ends) {
      loop.execute(each.transport::close);
    }
    loop.execute(remote.transport::close);
    loop.runFor(SECOND_NS);
    assertThat(host.watchers()).isZero();
    assertThat(loop.timersSet()).isZero();
    assertThat(network.openPorts()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void dataTakesAnotherPathWhenItsAddressGoes(IceRole role) {
    connect(ours, role);
    String before = selected(ours);
    String other = "10.0.0.1".equals(before) ? "10.1.0.1" : "10.0.0.1";
    change(other);
    assertThat(network.openPorts()).isEqualTo(2);
    assertThat(selected(ours)).isEqualTo(other);
    assertThat(ours.events).containsExactly("pair");
    loop.runFor(WHEN_THE_REMOTE_HAS_NOTICED_NS);
    assertDataFlows(ours);
    closeAll(ours);
  }

  @Test
  void withoutAnotherAddressTheStateIsDisconnectedAtOnceAndFailedAfterThirtySeconds() {
    change("10.0.0.1");
    connect(ours, IceRole.CONTROLLING);
    change();
    assertThat(ours.events).containsExactly("DISCONNECTED");
    assertThat(ours.lastReason).isEqualTo("the selected pair is gone");
    loop.execute(() -> ours.send("into the void"));
    loop.runFor(29 * SECOND_NS);
    assertThat(ours.events).containsExactly("DISCONNECTED");
    loop.runFor(2 * SECOND_NS);
    assertThat(ours.events).containsExactly("DISCONNECTED", "FAILED");
    closeAll(ours);
  }

  @ParameterizedTest
  @EnumSource
  void anotherAddressInPlaceOfTheOldOneGoesOnWithoutSignalling(IceRole role) {
    change("10.0.0.1");
    connect(ours, role);
    change("10.7.0.7");
    runUntil(ours, IceTransportState.CONNECTED, 1_000);
    assertThat(selected(ours)).isEqualTo("10.7.0.7");
    loop.runFor(WHEN_THE_REMOTE_HAS_NOTICED_NS);
    assertDataFlows(ours);
    assertThat(ours.candidates).isEmpty();
    closeAll(ours);
  }

  @Test
  void whoGathersContinuallyTellsANewAddressAtOnceWithAnotherEndOfCandidates() {
    TransportEnd continual =
        end(host, HostPolicy.builder(Addresses.ALL).continual(true).build(), 4);
    connect(continual, IceRole.CONTROLLING);
    change("10.0.0.1", "10.1.0.1", "10.4.0.1");
    assertThat(told(continual)).containsExactly("host 10.4.0.1");
    assertThat(continual.events).containsExactly("gathering again", "gathered");
    change("10.4.0.1");
    assertThat(continual.candidates).hasSize(1);
    runUntil(continual, IceTransportState.COMPLETED, 1_000);
    assertThat(selected(continual)).isEqualTo("10.4.0.1");
    host.tellWatchers();
    loop.runFor(SECOND_NS);
    assertThat(continual.events).containsOnlyOnce("gathering again");
    CandidatePair pairOfRemote = remote.transport.selectedPair();
    assertThat(pairOfRemote).isNotNull();
    assertThat(pairOfRemote.remote().type()).as("told, not learnt").isEqualTo(CandidateType.HOST);
    assertDataFlows(continual);
    closeAll(continual);
  }

  @Test
  void whoGathersContinuallyTellsTheNextRestartEverythingOnce() {
    TransportEnd continual =
        end(host, HostPolicy.builder(Addresses.ALL).continual(true).build(), 4);
    connect(continual, IceRole.CONTROLLING);
    change("10.4.0.1");
    continual.candidates.clear();
    loop.execute(() -> continual.transport.restart(continual.transport.newCredentials()));
    loop.execute(continual.transport::gather);
    loop.runFor(1);
    assertThat(told(continual)).containsExactly("host 10.4.0.1");
    closeAll(continual);
  }

  @Test
  void itsOwnerHearsWhichToldCandidatesAreOfNoUseAnyMore() {
    connect(ours, IceRole.CONTROLLING);
    change("10.1.0.1", "10.2.0.1");
    change("10.1.0.1");
    assertThat(ours.gone)
        .extracting(each -> each.address().getAddress().getHostAddress())
        .startsWith("10.0.0.1");
    closeAll(ours);
  }

  @Test
  void anAddressThatComesBackHasItsPortAgain() {
    change("10.0.0.1");
    connect(ours, IceRole.CONTROLLED);
    var before = ours.transport.selectedPair();
    change();
    loop.runFor(3 * SECOND_NS);
    change("10.0.0.1");
    runUntil(ours, IceTransportState.CONNECTED, 1_000);
    assertThat(ours.transport.selectedPair()).isEqualTo(before);
    assertDataFlows(ours);
    closeAll(ours);
  }

  @Test
  void anAddressThatAppearsLeavesThePairAloneAndIsToldByTheNextRestart() {
    connect(ours, IceRole.CONTROLLING);
    var before = ours.transport.selectedPair();
    change("2001:db8::1", "10.0.0.1", "10.1.0.1");
    loop.runFor(60 * SECOND_NS);
    assertThat(ours.transport.selectedPair()).isEqualTo(before);
    assertThat(ours.events).isEmpty();
    assertThat(ours.candidates).isEmpty();
    loop.execute(() -> ours.transport.restart(ours.transport.newCredentials()));
    loop.execute(ours.transport::gather);
    loop.runFor(1);
    assertThat(told(ours))
        .containsExactlyInAnyOrder("host 10.0.0.1", "host 10.1.0.1", "host 2001:db8:0:0:0:0:0:1");
    assertThat(ours.candidates).extracting(IceCandidate::priority).doesNotHaveDuplicates();
    closeAll(ours);
  }

  @Test
  void aRestartTellsTheAddressesOfNowEvenWhenNobodyWatched() {
    connect(ours, IceRole.CONTROLLING);
    host.setAddresses("10.9.0.9");
    loop.execute(() -> ours.transport.restart(ours.transport.newCredentials()));
    loop.execute(ours.transport::gather);
    loop.runFor(1);
    assertThat(told(ours)).containsExactly("host 10.9.0.9");
    assertThat(network.openPorts()).isEqualTo(2);
    closeAll(ours);
  }

  @Test
  void aNewIpv6AddressThatCannotBeBoundYetIsBoundAtTheNextLook() {
    connect(ours, IceRole.CONTROLLING);
    host.addUnusable("2001:db8::1");
    host.tellWatchers();
    loop.runFor(1);
    assertThat(network.openPorts()).isEqualTo(3);
    change("10.0.0.1", "10.1.0.1", "2001:db8::1");
    assertThat(network.openPorts()).isEqualTo(4);
    closeAll(ours);
  }

  @Test
  void whatHasFailedOpensNothingBeforeItsRestart() {
    connect(ours, IceRole.CONTROLLING);
    change();
    runUntil(ours, IceTransportState.FAILED, 40_000);
    change("10.0.0.1");
    assertThat(network.openPorts()).isEqualTo(1);
    ours.events.clear();
    loop.execute(() -> ours.transport.restart(ours.transport.newCredentials()));
    loop.execute(ours.transport::gather);
    loop.runFor(1);
    assertThat(told(ours)).containsExactly("host 10.0.0.1");
    closeAll(ours);
  }

  @Test
  void aRestartWhileThereIsNoAddressWaitsForOne() {
    connect(ours, IceRole.CONTROLLING);
    change();
    loop.execute(
        () -> {
          ours.transport.restart(ours.transport.newCredentials());
          remote.transport.restart(remote.transport.newCredentials());
          ours.begin(IceRole.CONTROLLING, remote);
          remote.begin(IceRole.CONTROLLED, ours);
        });
    loop.runFor(5 * SECOND_NS);
    assertThat(ours.transport.state()).isNotEqualTo(IceTransportState.FAILED);
    change("10.5.0.5");
    loop.runFor(SECOND_NS);
    assertThat(selected(ours)).isEqualTo("10.5.0.5");
    assertDataFlows(ours);
    closeAll(ours);
  }

  @Test
  void theMappingOfTheNatGoesToTheAddressThatFollows() throws UnknownHostException {
    var mapping =
        new NatMapping(null, InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7}));
    var policy = HostPolicy.builder(Addresses.ALL).natMappings(List.of(mapping), false).build();
    TransportEnd mapped = end(host, policy, 3);
    connect(mapped, IceRole.CONTROLLING);
    change("10.0.0.1", "10.1.0.1", "10.2.0.1");
    change("10.2.0.1");
    change("10.2.0.1", "10.3.0.1");
    loop.execute(() -> mapped.transport.restart(mapped.transport.newCredentials()));
    loop.execute(mapped.transport::gather);
    loop.runFor(1);
    assertThat(told(mapped)).containsExactly("host 10.2.0.1", "host 203.0.113.7");
    closeAll(mapped);
  }

  @ParameterizedTest
  @ValueSource(longs = {500, 3_000, 15_000})
  void aLiteAgentWhoseAddressComesBackIsFoundAgain(long outageMs) {
    change("10.0.0.1");
    IceConfig liteConfig = IceConfig.DEFAULT.withLite(true);
    var lite =
        new TransportEnd(
            loop, new IceTransports(host, liteConfig, HostPolicy.of(Addresses.ALL), new Random(5)));
    loop.execute(() -> lite.begin(IceRole.CONTROLLED, remote));
    lite.isLite = true;
    loop.execute(() -> remote.begin(IceRole.CONTROLLING, lite));
    runUntil(lite, IceTransportState.COMPLETED, 5_000);
    loop.runFor(3 * SECOND_NS);
    change();
    assertThat(lite.transport.state()).isEqualTo(IceTransportState.DISCONNECTED);
    loop.runFor(outageMs * MS);
    change("10.0.0.1");
    loop.runFor(WHEN_THE_REMOTE_HAS_NOTICED_NS);
    assertDataFlows(lite);
    closeAll(lite);
  }

  @Test
  void aHostWhoseAddressesChangeAllTheTimeHoldsNoMoreThanItHas() {
    connect(ours, IceRole.CONTROLLING);
    List<String> present = new ArrayList<>(List.of("10.0.0.1"));
    for (int i = 0; i < 300; i++) {
      present.add("10.8." + i / 250 + "." + (1 + i % 250));
      if (present.size() > 4) {
        present.remove(0);
      }
      change(present.toArray(String[]::new));
      assertThat(network.openPorts()).isLessThanOrEqualTo(5);
    }
    runUntil(ours, IceTransportState.CONNECTED, 1_000);
    loop.runFor(WHEN_THE_REMOTE_HAS_NOTICED_NS);
    assertDataFlows(ours);
    closeAll(ours);
  }
}
