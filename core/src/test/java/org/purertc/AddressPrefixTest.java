package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "172.16.0.0/12, 172.31.255.255, true",
    "172.16.0.0/12, 172.32.0.0, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7/32, 192.0.2.6, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "fd00::/8, fdab::1, true",
    "fd00::/8, fe80::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false"
  })
  void holdsTheAddressesOfItsNetwork(String prefix, String address, boolean inside)
      throws Exception {
    assertThat(AddressPrefix.of(prefix).test(InetAddress.getByName(address))).isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "::/129",
        "256.0.0.1"
      })
  void refusesWhatIsNoPrefix(String text) {
    assertThatThrownBy(() -> AddressPrefix.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void composesWithOthers() throws Exception {
    var outside = AddressPrefix.of("10.0.0.0/8").or(AddressPrefix.of("fd00::/8")).negate();
    assertThat(outside.test(InetAddress.getByName("192.0.2.1"))).isTrue();
    assertThat(outside.test(InetAddress.getByName("fd00::1"))).isFalse();
  }
}
