package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.sim.SimHost;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Which candidates a policy gives, and whom it talks to. */
class HostPolicyTest {

  private static final long SECOND_NS = 1_000_000_000L;

  private final SimNetwork network = SimNetwork.with(3).delayMs(10);
  private final SimLoop loop = new SimLoop();
  private final SimHost host = network.host("2001:db8::1", "172.17.0.2", "10.0.0.1");
  private final List<NatMapping> mappings = new ArrayList<>();
  private Predicate<InetAddress> local = any -> true;
  private Predicate<InetAddress> remote = any -> true;
  private PortRange ports = PortRange.ANY;
  private boolean tellsMapped;

  private static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void map(@Nullable String inside, String outside) {
    mappings.add(new NatMapping(inside == null ? null : address(inside), address(outside)));
  }

  private TransportEnd end(SimHost on) {
    var policy =
        HostPolicy.builder(Addresses.ALL)
            .filters(local, remote)
            .natMappings(mappings, tellsMapped)
            .ports(ports)
            .build();
    return new TransportEnd(loop, new IceTransports(on, IceConfig.DEFAULT, policy, new Random(9)));
  }

  private List<String> gathered() {
    TransportEnd end = end(host);
    loop.execute(end.transport::gather);
    loop.runFor(1);
    return end.candidates.stream()
        .map(each -> each.type() + " " + each.address().getAddress().getHostAddress())
        .toList();
  }

  @Test
  void withoutMappingEachAddressIsAHostCandidate() {
    assertThat(gathered())
        .containsExactly("host 2001:db8:0:0:0:0:0:1", "host 172.17.0.2", "host 10.0.0.1");
  }

  @Test
  void aMappingOfAFamilyStandsForItsBestAddress() {
    map(null, "203.0.113.7");
    assertThat(gathered())
        .containsExactly("host 2001:db8:0:0:0:0:0:1", "host 203.0.113.7", "host 10.0.0.1");
  }

  @Test
  void aMappingOfOneAddressGoesBeforeThatOfTheFamily() {
    map(null, "203.0.113.7");
    map("172.17.0.2", "203.0.113.8");
    assertThat(gathered())
        .containsExactly("host 2001:db8:0:0:0:0:0:1", "host 203.0.113.8", "host 203.0.113.7");
  }

  @Test
  void aMappingThatIsAddedIsAServerReflexiveCandidateWithItsBase() {
    map("10.0.0.1", "203.0.113.7");
    local = address("10.0.0.1")::equals;
    tellsMapped = true;
    TransportEnd end = end(host);
    loop.execute(end.transport::gather);
    loop.runFor(1);
    IceCandidate base = end.candidates.get(0);
    IceCandidate mapped = end.candidates.get(1);
    assertThat(base.address().getAddress()).isEqualTo(address("10.0.0.1"));
    assertThat(mapped.type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
    assertThat(mapped.relatedAddress()).isEqualTo(base.address());
    assertThat(mapped.address().getPort()).isEqualTo(base.address().getPort());
    assertThat(mapped.priority()).isLessThan(base.priority());
    assertThat(mapped.foundation()).isNotEqualTo(base.foundation());
  }

  @Test
  void aMappingMustNotMixFamilies() {
    assertThatThrownBy(() -> map("10.0.0.1", "2001:db8::7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10.0.0.1")
        .hasMessageContaining("IPv6");
  }

  @Test
  void connectsWhileItsCandidateShowsThePublicAddress() {
    map(null, "203.0.113.7");
    local = Inet4Address.class::isInstance;
    TransportEnd inside = end(host);
    mappings.clear();
    TransportEnd outside = end(network.host("172.17.0.9"));
    loop.execute(() -> inside.begin(IceRole.CONTROLLING, outside));
    loop.execute(() -> outside.begin(IceRole.CONTROLLED, inside));
    assertThat(
            loop.runUntil(
                () -> outside.transport.state() == IceTransportState.COMPLETED, 10 * SECOND_NS))
        .isTrue();
  }

  @Test
  void localAddressesAreThoseThatTheFilterAllows() {
    local = Inet4Address.class::isInstance;
    assertThat(gathered()).containsExactly("host 172.17.0.2", "host 10.0.0.1");
  }

  @Test
  void eachTransportBindsItsOwnPortOfTheRangeUntilNoneIsFree() {
    ports = new PortRange(5_000, 5_009);
    local = address("10.0.0.1")::equals;
    List<Integer> bound = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      TransportEnd end = end(host);
      loop.execute(end.transport::gather);
      loop.runFor(1);
      bound.add(end.candidates.get(0).address().getPort());
    }
    assertThat(bound).doesNotHaveDuplicates().allMatch(port -> port >= 5_000 && port <= 5_009);
    TransportEnd tooMany = end(host);
    loop.execute(tooMany.transport::gather);
    loop.execute(
        () -> tooMany.transport.setRemote(new IceCredentials("none", "p".repeat(22)), false));
    loop.runFor(1);
    assertThat(tooMany.candidates).isEmpty();
    assertThat(tooMany.lastReason).contains("no port of 5000 to 5009 is free");
  }

  @Test
  void sendsNothingToAnAddressThatTheFilterRefusesAndAnswersNothingFromIt() {
    remote = address("10.0.0.2")::equals;
    TransportEnd ours = end(host);
    remote = any -> true;
    TransportEnd theirs = end(network.host("10.0.0.3"));
    loop.execute(() -> theirs.begin(IceRole.CONTROLLING, ours));
    loop.execute(() -> ours.begin(IceRole.CONTROLLED, theirs));
    loop.runFor(2 * SECOND_NS);
    assertThat(theirs.transport.statistics())
        .isNotEmpty()
        .allSatisfy(
            pair -> {
              assertThat(pair.requestsSent()).isPositive();
              assertThat(pair.responsesReceived()).isZero();
              assertThat(pair.requestsReceived()).isZero();
            });
    assertThat(ours.transport.statistics()).isEmpty();
  }
}
