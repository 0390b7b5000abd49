package org.purertc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

  private static Attributes attributes(String... lines) {
    return new Attributes(List.of(lines).stream().map(Attribute::of).toList());
  }

  @Test
  void readsBundleGroupAndOthers() {
    assertThat(attributes("group:LS a b", "group:BUNDLE 0 data").groups())
        .containsExactly(
            new GroupAttribute("LS", List.of("a", "b")),
            new GroupAttribute("BUNDLE", List.of("0", "data")));
    assertThat(GroupAttribute.of("BUNDLE").mids()).isEmpty();
    assertThat(GroupAttribute.of("BUNDLE 0 1")).hasToString("BUNDLE 0 1");
  }

  @Test
  void readsFingerprintsOfAnyHash() {
    assertThat(attributes("fingerprint:sha-256 0A:ff", "fingerprint:sha-512 00").fingerprints())
        .containsExactly(
            new FingerprintAttribute("sha-256", "0A:ff"),
            new FingerprintAttribute("sha-512", "00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"active", "passive", "actpass", "holdconn"})
  void readsSetup(String word) {
    assertThat(attributes("setup:" + word).setup()).hasToString(word);
  }

  @Test
  void readsIceParameters() {
    Attributes read =
        attributes(
            "ice-ufrag:8hhY",
            "ice-pwd:asd88fgpdd777uzjYhagZg",
            "ice-options:trickle ice2",
            "ice-lite",
            "end-of-candidates");
    assertThat(read.iceUfrag()).isEqualTo("8hhY");
    assertThat(read.icePwd()).isEqualTo("asd88fgpdd777uzjYhagZg");
    assertThat(read.iceOptions()).containsExactly("trickle", "ice2");
    assertThat(read.isIceLite()).isTrue();
    assertThat(read.hasEndOfCandidates()).isTrue();
  }

  @Test
  void readsTheDataSection() {
    Attributes read = attributes("mid:data", "sctp-port:5000", "max-message-size:1073741823");
    assertThat(read.mid()).isEqualTo("data");
    assertThat(read.sctpPort()).isEqualTo(5000);
    assertThat(read.maxMessageSize()).isEqualTo(1_073_741_823L);
    assertThat(attributes("max-message-size:9999999999999999999").maxMessageSize()).isZero();
    assertThat(attributes("sctpmap:5000 webrtc-datachannel 1024", "sctpmap:1 x").sctpMaps())
        .containsExactly(
            new SctpMapAttribute(5000, "webrtc-datachannel", 1024),
            new SctpMapAttribute(1, "x", 0));
  }

  @Test
  void readsTheRest() {
    Attributes read =
        attributes(
            "rtcp:53020 IN IP6 2001:db8::2",
            "rtcp-mux",
            "extmap-allow-mixed",
            "msid-semantic: WMS a b",
            "tls-id:abc3de65cddef001be82",
            "recvonly");
    assertThat(read.rtcp())
        .isEqualTo(new RtcpAttribute(53020, new ConnectionData("IN", "IP6", "2001:db8::2")));
    assertThat(read.hasRtcpMux()).isTrue();
    assertThat(read.allowsMixedExtmap()).isTrue();
    assertThat(read.msidSemantic()).isEqualTo(new MsidSemanticAttribute("WMS", List.of("a", "b")));
    assertThat(read.tlsId()).isEqualTo("abc3de65cddef001be82");
    assertThat(read.direction()).isEqualTo(MediaDirection.RECVONLY);
  }

  @Test
  void whatIsAbsentIsNullOrEmpty() {
    assertThat(Attributes.NONE.mid()).isNull();
    assertThat(Attributes.NONE.setup()).isNull();
    assertThat(Attributes.NONE.sctpPort()).isNull();
    assertThat(Attributes.NONE.maxMessageSize()).isNull();
    assertThat(Attributes.NONE.rtcp()).isNull();
    assertThat(Attributes.NONE.msidSemantic()).isNull();
    assertThat(Attributes.NONE.direction()).isNull();
    assertThat(Attributes.NONE.tlsId()).isNull();
    assertThat(Attributes.NONE.candidates()).isEmpty();
    assertThat(Attributes.NONE.iceOptions()).isEmpty();
  }

  @Test
  void addsAndRemovesAsNewValues() {
    Attributes one = Attributes.NONE.with(Attribute.flag("rtcp-mux"));
    assertThat(one.list()).containsExactly(new Attribute("rtcp-mux", null));
    assertThat(one.without("rtcp-mux")).isEqualTo(Attributes.NONE);
    assertThat(Attributes.NONE.list()).isEmpty();
  }

  @Test
  void refusesToHoldWhatCouldNotBeRead() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Attribute("setup", "maybe"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Attribute("x", "a\r\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> new Attribute("a b", null));
  }

  @Test
  void readsTheCandidatesOfRfc8839() throws SdpException {
    String text =
        "candidate:2 1 UDP 1694498815 192.0.2.3 45664 typ srflx raddr 203.0.113.141 rport 8998";
    CandidateAttribute candidate = CandidateAttribute.parse(text);
    assertThat(candidate)
        .isEqualTo(
            new CandidateAttribute(
                "2",
                1,
                "UDP",
                1_694_498_815L,
                "192.0.2.3",
                45664,
                "srflx",
                new CandidateAttribute.RelatedAddress("203.0.113.141", 8998),
                List.of()));
    assertThat(candidate.toCandidateString()).isEqualTo(text);
    assertThat(candidate.isUdp()).isTrue();
  }

  @Test
  void keepsTcpTypeAndUnknownExtensionsInOrder() throws SdpException {
    String text =
        "candidate:631720287 1 tcp 1518214911 ::1 9 typ host tcptype active generation 0"
            + " network-id 3 network-cost 50";
    CandidateAttribute candidate = CandidateAttribute.parse(text);
    assertThat(candidate.tcpType()).isEqualTo("active");
    assertThat(candidate.extension("network-id")).isEqualTo("3");
    assertThat(candidate.extension("ufrag")).isNull();
    assertThat(candidate.isUdp()).isFalse();
    assertThat(candidate.toCandidateString()).isEqualTo(text);
  }

  @Test
  void readsAMulticastDnsName() throws SdpException {
    String name = "1f4712db-ea17-4bcf-a596-105139dfd8bf.local";
    String text = "candidate:1 1 udp 2122260223 " + name + " 54596 typ host";
    assertThat(CandidateAttribute.parse(text).address()).isEqualTo(name);
    assertThat(CandidateAttribute.parse(text.substring("candidate:".length())).port())
        .isEqualTo(54596);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "candidate:",
        "candidate:1 1 udp 1 host 1",
        "candidate:- 1 udp 1 h 1 typ host",
        "candidate:1 1 udp 1 h 1 typ host\r\na=x:y"
      })
  void refusesABrokenCandidate(String text) {
    assertThatThrownBy(() -> CandidateAttribute.parse(text)).isInstanceOf(SdpException.class);
  }

  @ParameterizedTest
  @MethodSource("org.purertc.sdp.BrowserSdp#names")
  void writesEachBrowserCandidateAsItWas(String name) {
    for (MediaDescription section : BrowserSdp.parsed(name).media()) {
      assertThat(section.attributes().candidates().stream().map(CandidateAttribute::toString))
          .containsExactlyElementsOf(section.attributes().values("candidate"));
    }
  }
}
