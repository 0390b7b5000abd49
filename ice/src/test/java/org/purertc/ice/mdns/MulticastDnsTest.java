package org.purertc.ice.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.io.Network;
import org.purertc.ice.mdns.MulticastDns.Lookup;
import org.purertc.ice.sim.SimLoop;
import org.purertc.ice.sim.SimNetwork;

/** Two hosts on a simulated link. */
class MulticastDnsTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private final SimLoop loop = new SimLoop();
  private final SimNetwork network = SimNetwork.with(1).delayMs(1);
  private final MulticastDns a =
      new MulticastDns(network.host("192.0.2.1", "2001:db8::1"), new SplittableRandom(1));
  private final MulticastDns b =
      new MulticastDns(network.host("192.0.2.2"), new SplittableRandom(2));
  private final List<Lookup> told = new ArrayList<>();

  private static InetAddress ip(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }

  private void run(double seconds) {
    loop.runUntil(loop.nowNs() + (long) (seconds * SECOND_NS));
  }

  @Test
  void findsTheNameOfAnotherHost() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    run(0.1);
    assertThat(told).containsExactly(new Lookup(ip("192.0.2.2"), ""));
  }

  @Test
  void findsANameThatIsAnnouncedAfterItWasAskedFor() throws Exception {
    var sameNames = new MulticastDns(network.host("192.0.2.3"), new SplittableRandom(2));
    LocalName name = sameNames.announce(ip("192.0.2.3"), new SimLoop()); // which does not run
    a.lookUp(name, loop, told::add);
    run(0.5);
    assertThat(b.announce(ip("192.0.2.2"), loop)).isEqualTo(name);
    run(0.4);
    assertThat(told).isEmpty();
    run(0.2);
    assertThat(told).containsExactly(new Lookup(ip("192.0.2.2"), ""));
  }

  @Test
  void findsItsOwnNames() throws Exception {
    LocalName name = a.announce(ip("2001:db8::1"), loop);
    a.lookUp(name, loop, told::add);
    run(0.1);
    assertThat(told).containsExactly(new Lookup(ip("2001:db8::1"), ""));
  }

  @Test
  void tellsEachWhoAsks() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    a.lookUp(name, loop, told::add);
    run(0.1);
    assertThat(told).hasSize(2);
  }

  @Test
  void hasOneNameForAnAddressUntilItsLastUserLeaves() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    assertThat(b.announce(ip("192.0.2.2"), loop)).isEqualTo(name);
    b.withdraw(ip("192.0.2.2"));
    a.lookUp(name, loop, told::add);
    run(0.1);
    assertThat(told).hasSize(1);
    b.withdraw(ip("192.0.2.2"));
    run(0.1);
    assertThat(b.announce(ip("192.0.2.2"), loop)).isNotEqualTo(name);
  }

  @Test
  void hasANameForEachAddress() throws Exception {
    assertThat(a.announce(ip("192.0.2.1"), loop)).isNotEqualTo(a.announce(ip("2001:db8::1"), loop));
  }

  /** The goodbye reaches who remembers the name. */
  @Test
  void doesNotFindANameThatIsGone() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    run(0.1);
    b.withdraw(ip("192.0.2.2"));
    run(0.1);
    a.lookUp(name, loop, told::add);
    run(6);
    assertThat(told).hasSize(2).last().extracting(Lookup::address).isNull();
  }

  @Test
  void closesItsSocketsSoonAfterTheLastUser() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    run(1);
    assertThat(network.openPorts()).isEqualTo(3);
    run(2);
    assertThat(network.openPorts()).isEqualTo(1);
    b.withdraw(ip("192.0.2.2"));
    run(1.9);
    assertThat(network.openPorts()).isEqualTo(1);
    run(0.2);
    assertThat(network.openPorts()).isZero();
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void opensThemAgain() throws Exception {
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    run(5);
    a.lookUp(name, loop, told::add);
    run(0.1);
    assertThat(told).hasSize(2).last().isEqualTo(new Lookup(ip("192.0.2.2"), ""));
  }

  @Test
  void losesPacketsAndFindsTheNameAllTheSame() throws Exception {
    network.lossPercent(30);
    LocalName name = b.announce(ip("192.0.2.2"), loop);
    a.lookUp(name, loop, told::add);
    run(6);
    assertThat(told).containsExactly(new Lookup(ip("192.0.2.2"), ""));
  }

  @Test
  void saysWhyItCannotAsk() {
    var refused = new MulticastDns(new Refusing(), new SplittableRandom(1));
    refused.lookUp(LocalName.random(new SplittableRandom(2)), loop, told::add);
    run(0.1);
    assertThat(told).containsExactly(new Lookup(null, "no multicast on eth0: not permitted"));
  }

  @Test
  void givesNamesWhereNoneCanBeAnnounced() throws Exception {
    var refused = new MulticastDns(new Refusing(), new SplittableRandom(1));
    assertThat(refused.announce(ip("192.0.2.7"), loop)).isNotNull();
    run(3);
    refused.withdraw(ip("192.0.2.7"));
    run(3);
    assertThat(loop.timersSet()).isZero();
  }

  @Test
  void saysThatThereIsNoLink() {
    Network none = network.host();
    new MulticastDns(none, new SplittableRandom(1))
        .lookUp(LocalName.random(new SplittableRandom(2)), loop, told::add);
    run(0.1);
    assertThat(told).containsExactly(new Lookup(null, "no network interface has multicast"));
  }

  /** A firewall or a container that does not let a program have multicast. */
  private static final class Refusing implements Network {
    @Override
    public List<InetAddress> localAddresses() {
      return List.of();
    }

    @Override
    public DatagramPort open(Loop on, InetSocketAddress local, DatagramReceiver receiver)
        throws IOException {
      throw new IOException("not permitted");
    }

    @Override
    public List<MulticastLink> multicastLinks() {
      return List.of(new MulticastLink("eth0", 2, StandardProtocolFamily.INET));
    }

    @Override
    public DatagramPort join(
        Loop on, MulticastLink link, InetSocketAddress group, DatagramReceiver receiver)
        throws IOException {
      throw new IOException("not permitted");
    }
  }
}
