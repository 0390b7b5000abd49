package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The members of W3C WebRTC section 4.8.1. */
class RTCIceCandidateTest {

  @Test
  void readsTheMembersOfARelayedCandidate() {
    var candidate =
        new RTCIceCandidate(
            "candidate:9 1 udp 41885439 192.0.2.1 50000 typ relay raddr 198.51.100.7 rport 4000",
            "0",
            0);
    assertThat(candidate.foundation()).isEqualTo("9");
    assertThat(candidate.component()).isEqualTo("rtp");
    assertThat(candidate.priority()).isEqualTo(41885439L);
    assertThat(candidate.protocol()).isEqualTo("udp");
    assertThat(candidate.address()).isEqualTo("192.0.2.1");
    assertThat(candidate.port()).isEqualTo(50000);
    assertThat(candidate.type()).isEqualTo("relay");
    assertThat(candidate.tcpType()).isNull();
    assertThat(candidate.relatedAddress()).isEqualTo("198.51.100.7");
    assertThat(candidate.relatedPort()).isEqualTo(4000);
  }

  @Test
  void readsTheTypeOfATcpCandidate() {
    var candidate =
        new RTCIceCandidate("candidate:1 2 tcp 1 192.0.2.1 9 typ host tcptype active", "0", 0);
    assertThat(candidate.component()).isEqualTo("rtcp");
    assertThat(candidate.protocol()).isEqualTo("tcp");
    assertThat(candidate.tcpType()).isEqualTo("active");
    assertThat(candidate.relatedAddress()).isNull();
  }

  @Test
  void theEndAndWhatCannotBeReadHaveNoMembers() {
    for (String text : new String[] {"", "candidate:nonsense"}) {
      var candidate = new RTCIceCandidate(text, "0", 0);
      assertThat(candidate.foundation()).isNull();
      assertThat(candidate.priority()).isNull();
      assertThat(candidate.port()).isNull();
      assertThat(candidate.type()).isNull();
    }
  }
}
