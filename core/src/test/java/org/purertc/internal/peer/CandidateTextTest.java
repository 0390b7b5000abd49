package org.purertc.internal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.ice.CandidateType;
import org.purertc.ice.IceCandidate;
import org.purertc.ice.mdns.LocalName;
import org.purertc.sdp.CandidateAttribute;
import org.purertc.sdp.SdpException;

class CandidateTextTest {

  @Test
  void readsAReflexiveCandidateWithItsBase() throws SdpException, UnknownHostException {
    IceCandidate candidate =
        parse("candidate:7 1 UDP 1686052607 203.0.113.9 61665 typ srflx raddr 10.0.0.5 rport 5000");
    assertThat(candidate)
        .isEqualTo(
            new IceCandidate(
                "7",
                1,
                1686052607L,
                address("203.0.113.9", 61665),
                CandidateType.SERVER_REFLEXIVE,
                address("10.0.0.5", 5000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:1 1 udp 2113937151 printer.local 50000 typ host",
        "candidate:1 1 udp 2113937151 0cd2ae3e-64f1-4b0b-8f1a-2a2b1f0c1a11.local 0 typ host",
        "candidate:1 1 udp 2113937151 example.org 50000 typ host",
        "candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host",
        "candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype sideways",
        "candidate:1 1 tcp 1518280447 192.0.2.1 0 typ host tcptype active",
        "candidate:1 1 ssltcp 1518280447 192.0.2.1 443 typ host tcptype passive",
        "candidate:1 2 udp 2113937150 192.0.2.1 50001 typ host",
        "candidate:1 1 udp 2113937151 192.0.2.1 0 typ host",
        "candidate:1 1 udp 2113937151 0.0.0.0 50000 typ host",
        "candidate:1 1 udp 2113937151 224.0.0.1 50000 typ host",
        "candidate:1 1 udp 2113937151 192.0.2.999 50000 typ host",
        "candidate:1 1 udp 2113937151 fe80::1%eth0 50000 typ host",
        "candidate:1 1 udp 2113937151 1::2::3 50000 typ host",
        "candidate:1 1 udp 2113937151 192.0.2.1 50000 typ quantum"
      })
  void passesOverWhatTheAgentCannotUse(String text) throws SdpException {
    assertThat(parse(text)).isNull();
  }

  private static final String NAMED =
      "candidate:1 1 udp 2113937151 0cd2ae3e-64f1-4b0b-8f1a-2a2b1f0c1a11.local 50000 typ host";

  @Test
  void leavesANameOfMulticastDnsUnresolved() throws SdpException {
    IceCandidate candidate = parse(NAMED);
    assertThat(candidate.address().isUnresolved()).isTrue();
    assertThat(candidate.address().getHostString())
        .isEqualTo("0cd2ae3e-64f1-4b0b-8f1a-2a2b1f0c1a11.local");
  }

  /** draft-ietf-mmusic-mdns-ice-candidates section 4.1. */
  @Test
  void tellsTheNameRatherThanTheAddress() throws SdpException, UnknownHostException {
    LocalName name = new LocalName("0cd2ae3e-64f1-4b0b-8f1a-2a2b1f0c1a11.local");
    InetSocketAddress address = name.at(InetAddress.getByName("192.0.2.1"), 50_000);
    IceCandidate candidate =
        new IceCandidate("1", 1, 2_113_937_151L, address, CandidateType.HOST, null);
    assertThat(CandidateText.of(candidate)).isEqualTo(NAMED);
  }

  /** draft-ietf-mmusic-mdns-ice-candidates section 3.1.2.2. */
  @Test
  void tellsNothingOfABaseWithAName() throws UnknownHostException {
    LocalName name = new LocalName("0cd2ae3e-64f1-4b0b-8f1a-2a2b1f0c1a11.local");
    InetSocketAddress base = name.at(InetAddress.getByName("192.0.2.1"), 50_000);
    IceCandidate candidate =
        new IceCandidate(
            "1", 1, 1L, address("203.0.113.9", 61665), CandidateType.SERVER_REFLEXIVE, base);
    assertThat(CandidateText.of(candidate))
        .isEqualTo("candidate:1 1 udp 1 203.0.113.9 61665 typ srflx raddr 0.0.0.0 rport 9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host",
        "candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 50000 typ host",
        "candidate:1 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active",
        "candidate:1 1 tcp 1518280447 2001:db8:0:0:0:0:0:1 443 typ host tcptype passive",
        "candidate:1 1 tcp 1 192.0.2.1 443 typ srflx raddr 10.0.0.1 rport 443 tcptype so",
        "candidate:3 1 udp 1 198.51.100.7 3478 typ relay raddr 203.0.113.9 rport 61665"
      })
  void writesWhatItRead(String text) throws SdpException {
    IceCandidate candidate = parse(text);
    assertThat(candidate).isNotNull();
    assertThat(CandidateText.of(candidate)).isEqualTo(text);
  }

  private static IceCandidate parse(String text) throws SdpException {
    return CandidateText.parse(CandidateAttribute.parse(text));
  }

  private static InetSocketAddress address(String literal, int port) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(literal), port);
  }
}
