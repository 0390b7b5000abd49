package org.purertc.samples.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceCandidatePair;

class PathNameTest {

  private static RTCIceCandidate candidate(String address, String type) {
    return new RTCIceCandidate(
        "candidate:1 1 udp 2130706431 " + address + " 5000 typ " + type, "0", 0);
  }

  private static String path(String local, String localType, String remote, String remoteType) {
    return PathName.of(
        new RTCIceCandidatePair(candidate(local, localType), candidate(remote, remoteType)));
  }

  @Test
  void tellsVersionAndAddresses() {
    assertThat(path("10.0.0.1", "host", "10.0.0.2", "prflx"))
        .isEqualTo("direct over IPv4 (10.0.0.1 to 10.0.0.2)");
    assertThat(path("fd00:0:0:0:0:0:0:1", "host", "0:0:0:0:0:0:0:1", "host"))
        .isEqualTo("direct over IPv6 (fd00::1 to ::1)");
  }

  @Test
  void aRelayOnEitherSideIsARelay() {
    assertThat(path("10.0.0.1", "relay", "10.0.0.2", "host")).startsWith("relayed over IPv4");
    assertThat(path("10.0.0.1", "host", "10.0.0.2", "relay")).startsWith("relayed over IPv4");
  }

  @Test
  void noPairIsUnknown() {
    assertThat(PathName.of((RTCIceCandidatePair) null)).isEqualTo("path unknown");
  }
}
