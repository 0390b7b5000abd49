package org.purertc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.sdp.SimulcastAttribute.Stream;

/** The attributes of audio and video. */
class MediaAttributesTest {
  private static final String URI = "urn:ietf:params:rtp-hdrext:sdes:mid";

  private static Attributes attributes(String... lines) {
    return new Attributes(List.of(lines).stream().map(Attribute::of).toList());
  }

  @Test
  void readsRtpMaps() {
    Attributes read =
        attributes("rtpmap:111 opus/48000/2", "rtpmap:9 G722/8000/1", "rtpmap:96 VP8/90000");
    assertThat(read.rtpMaps())
        .containsExactly(
            new RtpMapAttribute(111, "opus", 48_000, "2"),
            new RtpMapAttribute(9, "G722", 8000, "1"),
            new RtpMapAttribute(96, "VP8", 90_000, null));
    assertThat(read.rtpMaps()).extracting(RtpMapAttribute::channels).containsExactly(2, 1, 1);
    assertThat(RtpMapAttribute.of("1 X/8000/abc").channels()).isEqualTo(1);
  }

  @Test
  void readsFormatParametersWithoutCaseOfTheirNames() {
    FmtpAttribute fmtp =
        attributes("fmtp:102 Profile-Level-Id=42e01f; packetization-mode=1;x;=y").fmtps().get(0);
    assertThat(fmtp.format()).isEqualTo("102");
    assertThat(fmtp.parameters().value("profile-level-id")).isEqualTo("42e01f");
    assertThat(fmtp.parameters().number("PACKETIZATION-MODE", 0)).isEqualTo(1);
    assertThat(fmtp.parameters().value("x")).isNull();
    assertThat(fmtp.parameters().value("x", "none")).isEqualTo("none");
    assertThat(fmtp.parameters().number("profile-level-id", 7)).isEqualTo(7);
    assertThat(FormatParameters.of("a=99999999999").number("a", 7)).isEqualTo(7);
    assertThat(FormatParameters.of("a=5").number("a", 1, 5, 7)).isEqualTo(5);
    assertThat(FormatParameters.of("a=6").number("a", 1, 5, 7)).isEqualTo(7);
    assertThat(FormatParameters.of("a=1;b=01").isOne("A")).isTrue();
    assertThat(FormatParameters.of("a=1;b=01").isOne("b")).isFalse();
  }

  /** As Firefox (telephone-event) and Chromium (RED) write them. */
  @ParameterizedTest
  @ValueSource(strings = {"101 0-15", "63 111/111", "96"})
  void keepsParametersOfAnyForm(String value) {
    assertThat(FmtpAttribute.of(value)).hasToString(value);
  }

  @Test
  void readsFeedback() {
    List<RtcpFeedbackAttribute> read =
        attributes("rtcp-fb:96 nack pli", "rtcp-fb:* ccm fir").rtcpFeedback();
    assertThat(read)
        .containsExactly(
            new RtcpFeedbackAttribute(96, "nack pli"),
            new RtcpFeedbackAttribute(RtcpFeedbackAttribute.ALL, "ccm fir"));
    assertThat(read.get(0).appliesTo(97)).isFalse();
    assertThat(read.get(1).appliesTo(97)).isTrue();
  }

  @Test
  void readsExtensions() {
    assertThat(
            attributes(
                    "extmap:4 " + URI,
                    "extmap:2/recvonly " + URI,
                    "extmap:3/sendrecv " + URI + " a b",
                    "extmap:4096 " + URI)
                .extmaps())
        .containsExactly(
            new ExtmapAttribute(4, URI),
            new ExtmapAttribute(2, MediaDirection.RECVONLY, URI, ""),
            new ExtmapAttribute(3, MediaDirection.SENDRECV, URI, "a b"),
            new ExtmapAttribute(4096, URI));
  }

  @Test
  void readsStreams() {
    List<MsidAttribute> read = attributes("msid:s t", "msid:-", "msid:- t", "msid:{s} {t}").msids();
    assertThat(read)
        .containsExactly(
            new MsidAttribute("s", "t"),
            new MsidAttribute("-", ""),
            MsidAttribute.withoutStream("t"),
            new MsidAttribute("{s}", "{t}"));
    assertThat(read).extracting(MsidAttribute::hasStream).containsExactly(true, false, false, true);
  }

  @Test
  void readsSources() {
    Attributes read =
        attributes(
            "ssrc:4294967295 cname:a b",
            "ssrc:1 msid:s t",
            "ssrc:2",
            "ssrc:3 x",
            "ssrc-group:FID 1 2",
            "ssrc-group:SIM 1 2 3");
    assertThat(read.ssrcs())
        .containsExactly(
            new SsrcAttribute(4_294_967_295L, "cname", "a b"),
            new SsrcAttribute(1, "msid", "s t"),
            new SsrcAttribute(2, "", null),
            new SsrcAttribute(3, "x", null));
    assertThat(read.ssrcGroups())
        .extracting(SsrcGroupAttribute::isRetransmission)
        .containsExactly(true, false);
    assertThat(read.ssrcGroups().get(1).ssrcs()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void readsRids() {
    Attributes read = attributes("rid:h send", "rid:l recv pt=96,97;max-width=320");
    assertThat(read.rids())
        .containsExactly(
            new RidAttribute("h", true, ""),
            new RidAttribute("l", false, "pt=96,97;max-width=320"));
    assertThat(read.rids().get(1).parameters().number("max-width", 0)).isEqualTo(320);
  }

  @Test
  void readsSimulcast() {
    SimulcastAttribute read = attributes("simulcast:send 1,~4;2;3 recv c").simulcast();
    assertThat(read).isNotNull();
    assertThat(read.send())
        .containsExactly(
            List.of(new Stream("1", false), new Stream("4", true)),
            List.of(new Stream("2", false)),
            List.of(new Stream("3", false)));
    assertThat(read.receive()).containsExactly(List.of(new Stream("c", false)));
    assertThat(SimulcastAttribute.of("send rid=a;b"))
        .isEqualTo(SimulcastAttribute.of(List.of("a", "b"), List.of()));
  }

  @Test
  void readsTheRest() {
    Attributes read =
        attributes(
            "rtcp-rsize",
            "ptime:20",
            "maxptime:2.5",
            "rtcp-xr:rcvr-rtt=all:10000 stat-summary",
            "imageattr:97 send [x=800,y=640] recv *");
    assertThat(read.hasReducedSizeRtcp()).isTrue();
    assertThat(read.packetTimeMs()).isEqualTo(20);
    assertThat(read.maxPacketTimeMs()).isEqualTo(2.5);
    assertThat(Attributes.NONE.packetTimeMs()).isNull();
    assertThat(Attributes.NONE.maxPacketTimeMs()).isNull();
    assertThat(Attributes.NONE.simulcast()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtpmap",
        "rtpmap:128 VP8/90000",
        "rtpmap:96 VP8",
        "rtpmap:96 VP8/0",
        "rtpmap:96 V P/90000",
        "rtpmap:96 VP8/90000/",
        "fmtp: a=b",
        "rtcp-fb:96",
        "rtcp-fb:x nack",
        "rtcp-fb:96  ",
        "extmap:0 u",
        "extmap:256 u",
        "extmap:4352 u",
        "extmap:1/both u",
        "extmap:1",
        "msid:",
        "msid:a b c",
        "ssrc:4294967296 cname:a",
        "ssrc:-1 cname:a",
        "ssrc-group:FID x",
        "rid:h",
        "rid:h both",
        "rid:h? send",
        "simulcast:send",
        "simulcast:both 1",
        "simulcast:send 1 send 2",
        "simulcast:send 1;;2",
        "rtcp-rsize:1",
        "ptime:0",
        "ptime:x"
      })
  void refusesWhatIsBroken(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> Attribute.of(line));
  }

  @ParameterizedTest
  @CsvSource({
    "SENDRECV, SENDRECV, SENDONLY, SENDONLY",
    "SENDONLY, RECVONLY, RECVONLY, INACTIVE",
    "RECVONLY, SENDONLY, SENDRECV, RECVONLY",
    "INACTIVE, INACTIVE, SENDRECV, INACTIVE"
  })
  void directionsReverseAndIntersect(
      MediaDirection one, MediaDirection reversed, MediaDirection other, MediaDirection both) {
    assertThat(one.reversed()).isEqualTo(reversed);
    assertThat(one.intersect(other)).isEqualTo(both);
    assertThat(MediaDirection.of(one.sends(), one.receives())).isEqualTo(one);
  }

  /** RFC 3890 and RFC 8866 section 5.8. */
  @ParameterizedTest
  @CsvSource({
    "'', -1",
    "b=AS:500, 500000",
    "b=TIAS:450000, 450000",
    "b=CT:1, -1",
    "b=AS:99999999999999999999, 9223372036854775000"
  })
  void readsBandwidth(String line, long bitsPerSecond) throws SdpException {
    String section = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n" + (line.isEmpty() ? "" : line + "\r\n");
    SessionDescription read =
        SessionDescription.parse("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n" + section);
    assertThat(read.media().get(0).maxBitsPerSecond()).isEqualTo(bitsPerSecond);
  }

  @ParameterizedTest
  @MethodSource({"org.purertc.sdp.BrowserSdp#names", "org.purertc.sdp.PeerSdp#names"})
  void writesEachOfThemAsItWas(String name) {
    for (MediaDescription section : BrowserSdp.parsed(name).media()) {
      Attributes read = section.attributes();
      assertSame(read, "rtpmap", read.rtpMaps());
      assertSame(read, "fmtp", read.fmtps());
      assertSame(read, "rtcp-fb", read.rtcpFeedback());
      assertSame(read, "extmap", read.extmaps());
      assertSame(read, "msid", read.msids());
      assertSame(read, "ssrc", read.ssrcs());
      assertSame(read, "ssrc-group", read.ssrcGroups());
      assertSame(read, "rid", read.rids());
    }
  }

  private static void assertSame(Attributes read, String name, List<?> values) {
    assertThat(values.stream().map(Object::toString)).isEqualTo(read.values(name));
  }

  private static final List<String> LINES =
      List.of(
          "rtpmap:111 opus/48000/2",
          "fmtp:111 minptime=10;useinbandfec=1",
          "rtcp-fb:96 nack pli",
          "extmap:2/recvonly " + URI + " a",
          "msid:stream track",
          "ssrc:1234 cname:name",
          "ssrc-group:FID 1 2",
          "rid:h send pt=96;max-width=1280",
          "simulcast:send 1,~4;2 recv c",
          "ptime:20.5",
          "maxptime:60");

  @Test
  void aBrokenValueIsRefusedAndAnyOtherCanBeRead() {
    for (int seed = 0; seed < 20_000; seed++) {
      String line = SdpMutant.of(LINES.get(seed % LINES.size()), new Random(seed));
      try {
        readAll(new Attributes(List.of(Attribute.of(line))));
      } catch (IllegalArgumentException e) {
        assertThatIllegalArgumentException()
            .as("seed " + seed + ": " + line)
            .isThrownBy(() -> Attribute.of(line));
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + line, e);
      }
    }
  }

  /** Reads every typed attribute; what was parsed must be readable. */
  static void readAll(Attributes attributes) {
    attributes.rtpMaps().forEach(map -> assertThat(map.channels()).isPositive());
    attributes.fmtps().forEach(fmtp -> fmtp.parameters().number("apt", -1));
    attributes.rtcpFeedback().forEach(feedback -> feedback.appliesTo(0));
    attributes.extmaps().forEach(extension -> assertThat(extension.id()).isPositive());
    attributes.msids().forEach(MsidAttribute::hasStream);
    attributes.ssrcs().forEach(source -> assertThat(source.ssrc()).isNotNegative());
    attributes.ssrcGroups().forEach(SsrcGroupAttribute::isRetransmission);
    attributes.rids().forEach(RidAttribute::parameters);
    attributes.simulcast();
    attributes.packetTimeMs();
    attributes.maxPacketTimeMs();
  }
}
