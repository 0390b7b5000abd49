package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MulticastPortsTest {

  /** RFC 6762 section 11. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true",
    "127.255.255.254, true",
    "126.255.255.255, false",
    "128.0.0.0, false",
    "192.0.2.1, false",
    "2001:db8::1, false"
  })
  void knowsWhatIsOnTheLink(String address, boolean isOnLink) throws Exception {
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
    List<InterfaceAddress> prefixes =
        loopback.getInterfaceAddresses().stream()
            .filter(each -> each.getAddress().equals(InetAddress.getLoopbackAddress()))
            .toList();
    assertThat(prefixes)
        .singleElement()
        .returns((short) 8, InterfaceAddress::getNetworkPrefixLength);
    assertThat(MulticastPorts.isOnLink(prefixes, InetAddress.getByName(address)))
        .isEqualTo(isOnLink);
  }

  @Test
  void loopbackIsNoLink() throws Exception {
    NetworkInterface loopback =
        NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
    assertThat(MulticastPorts.links(loopback.getName()::equals)).isEmpty();
  }
}
