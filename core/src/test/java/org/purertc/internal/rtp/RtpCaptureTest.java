package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RtpCaptureTest {
  static Stream<String> rtp() {
    return Stream.of(RtpCapture.AUDIO, RtpCapture.VIDEO).flatMap(List::stream);
  }

  static Stream<String> rtcp() {
    return RtpCapture.RTCP.stream();
  }

  @ParameterizedTest
  @MethodSource("rtp")
  void holdsOneCodecThatTheAnswerNames(String name) {
    List<RtpCapture.Packet> packets = RtpCapture.read(name);
    assertThat(packets).hasSizeGreaterThan(40);
    int payloadType = packets.get(0).payloadType();
    assertThat(packets).allMatch(packet -> packet.payloadType() == payloadType);
    assertThat(packets).allMatch(packet -> (packet.bytes()[0] & 0xc0) == 0x80);
    assertThat(RtpCapture.answer(name)).contains("a=rtpmap:" + payloadType + " ");
  }

  @ParameterizedTest
  @MethodSource({"rtp", "rtcp"})
  void arrivesInOrderFromZeroOn(String name) {
    List<Long> arrivals = RtpCapture.read(name).stream().map(RtpCapture.Packet::arrivalNs).toList();
    assertThat(arrivals).isSorted().startsWith(0L);
    assertThat(arrivals.get(arrivals.size() - 1)).isGreaterThan(2_000_000_000L);
  }

  @ParameterizedTest
  @MethodSource("rtcp")
  void holdsReportsAndFeedback(String name) {
    // RFC 5761 section 4: the packet types 200 to 206 tell RTCP from RTP.
    assertThat(RtpCapture.read(name)).allMatch(packet -> packet.payloadType() >= 200 - 128);
  }
}
