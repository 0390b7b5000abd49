package org.purertc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.ice.IceTransports.Addresses;

class HostCandidatesTest {

  private static List<String> choose(Addresses addresses, String... local) throws Exception {
    List<InetAddress> list = new ArrayList<>();
    for (String address : local) {
      list.add(InetAddress.getByName(address));
    }
    return HostCandidates.choose(list, HostPolicy.of(addresses)).stream()
        .map(InetAddress::getHostAddress)
        .toList();
  }

  private static IceCandidate candidate(int rank) throws UnknownHostException {
    return HostCandidates.candidate(
        new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 5000), rank);
  }

  @Test
  void loopbackIsLeftOutOrTheOnlyOneOrOneOfAll() throws Exception {
    assertThat(choose(Addresses.EXCEPT_LOOPBACK, "192.0.2.1", "127.0.0.1"))
        .containsExactly("192.0.2.1");
    assertThat(choose(Addresses.ONLY_LOOPBACK, "192.0.2.1", "127.0.0.1"))
        .containsExactly("127.0.0.1");
    assertThat(choose(Addresses.ALL, "192.0.2.1", "127.0.0.1"))
        .containsExactly("192.0.2.1", "127.0.0.1");
  }

  @Test
  void theFirstHasThePriorityOfTheFormula() throws Exception {
    // RFC 8445 section 5.1.2.1: 2^24 x 126 + 2^8 x 65535 + (256 - 1).
    assertThat(candidate(0).priority()).isEqualTo(2_130_706_431L);
  }

  @Test
  void eachAddressHasItsOwnPriorityAndFoundation() throws Exception {
    assertThat(candidate(0).priority()).isGreaterThan(candidate(1).priority());
    assertThat(candidate(0).foundation()).isNotEqualTo(candidate(1).foundation());
    assertThat(candidate(1).type()).isEqualTo(CandidateType.HOST);
    assertThat(candidate(1).component()).isEqualTo(1);
  }
}
