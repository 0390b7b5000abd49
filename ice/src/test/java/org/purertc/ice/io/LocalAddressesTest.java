package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.io.LocalAddresses.Interface;

class LocalAddressesTest {

  private static Interface up(String name, String... addresses) throws IOException {
    List<InetAddress> list = new ArrayList<>();
    for (String address : addresses) {
      list.add(InetAddress.getByName(address));
    }
    return new Interface(name, false, list);
  }

  private static List<String> order(Interface... interfaces) throws IOException {
    return LocalAddresses.order(List.of(interfaces)).stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  @Test
  void putsPhysicalBeforeVirtualAndLoopbackLast() throws IOException {
    assertThat(
            order(
                up("lo", "127.0.0.1", "::1"),
                up("docker0", "172.17.0.1", "2001:db8::2"),
                up("eth0", "192.0.2.2", "fd00::2", "2001:db8::1")))
        .containsExactly(
            "2001:db8:0:0:0:0:0:1",
            "192.0.2.2",
            "fd00:0:0:0:0:0:0:2",
            "2001:db8:0:0:0:0:0:2",
            "172.17.0.1",
            "0:0:0:0:0:0:0:1",
            "127.0.0.1");
  }

  @Test
  void familiesTakeTurnsBeginningWithIpv6() throws IOException {
    assertThat(
            order(
                up("eth0", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3")))
        .containsExactly(
            "2001:db8:0:0:0:0:0:1",
            "192.0.2.1",
            "2001:db8:0:0:0:0:0:2",
            "192.0.2.2",
            "2001:db8:0:0:0:0:0:3");
  }

  @Test
  void cheaperNetworksComeFirstWhateverTheFamily() throws IOException {
    assertThat(
            order(
                up("br-1f2e", "2001:db8::7"),
                up("wwan0", "2001:db8::6"),
                up("wg0", "10.8.0.2"),
                up("something0", "192.0.2.4"),
                up("wlp2s0", "192.0.2.3", "2001:db8::3"),
                up("enp3s0", "192.0.2.2")))
        .containsExactly(
            "192.0.2.2",
            "2001:db8:0:0:0:0:0:3",
            "192.0.2.3",
            "192.0.2.4",
            "10.8.0.2",
            "2001:db8:0:0:0:0:0:6",
            "2001:db8:0:0:0:0:0:7");
  }

  /** RFC 6724 section 2.1. */
  @Test
  void ofOneFamilyTheAddressOfHigherPrecedenceComesFirst() throws IOException {
    assertThat(
            order(up("eth0", "fec0::1", "fd00::1", "2001::1", "2002::1", "2001:db8::1", "3ffe::1")))
        .containsExactly(
            "2001:db8:0:0:0:0:0:1",
            "2002:0:0:0:0:0:0:1",
            "2001:0:0:0:0:0:0:1",
            "fd00:0:0:0:0:0:0:1",
            "fec0:0:0:0:0:0:0:1",
            "3ffe:0:0:0:0:0:0:1");
  }

  @Test
  void ipv4ComesBeforeAnIpv6AddressOfThisNetworkAlone() throws IOException {
    assertThat(order(up("eth0", "fd00::2", "192.0.2.2")))
        .containsExactly("192.0.2.2", "fd00:0:0:0:0:0:0:2");
  }

  @Test
  void linkLocalIpv4ComesBehindTheOthers() throws IOException {
    assertThat(order(up("eth0", "169.254.1.1"), up("lo", "127.0.0.1"), up("wlan0", "192.0.2.2")))
        .containsExactly("192.0.2.2", "169.254.1.1", "127.0.0.1");
  }

  @Test
  void anUnknownPointToPointInterfaceIsATunnel() {
    assertThat(InterfaceCost.of("xyz0", true)).isEqualTo(InterfaceCost.TUNNEL);
    assertThat(InterfaceCost.of("xyz0", false)).isEqualTo(InterfaceCost.UNKNOWN);
    assertThat(InterfaceCost.of("ethernet_32768", false)).isEqualTo(InterfaceCost.ETHERNET);
    assertThat(InterfaceCost.of("wwan0", true)).isEqualTo(InterfaceCost.CELLULAR);
  }

  @Test
  void leavesOutLinkLocalIpv6WildcardAndMulticast() throws IOException {
    assertThat(order(up("eth0", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "192.0.2.2")))
        .containsExactly("192.0.2.2");
  }

  @Test
  void dropsTheZone() throws IOException {
    InetAddress scoped =
        Inet6Address.getByAddress("", InetAddress.getByName("fd00::2").getAddress(), 2);
    assertThat(scoped.getHostAddress()).contains("%");
    assertThat(LocalAddresses.order(List.of(new Interface("eth0", false, List.of(scoped)))))
        .extracting(InetAddress::getHostAddress)
        .containsExactly("fd00:0:0:0:0:0:0:2");
  }

  @Test
  void namesAnAddressOfTwoInterfacesOnce() throws IOException {
    assertThat(order(up("eth0", "192.0.2.2"), up("eth1", "192.0.2.2")))
        .containsExactly("192.0.2.2");
  }

  @Test
  void findsTheLoopbackAddressOfThisHost() throws IOException {
    assertThat(new NioNetwork().localAddresses()).contains(InetAddress.getByName("127.0.0.1"));
  }
}
