package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.RtcpReader;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.rtp.rtcp.UnknownRtcp;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** What browsers sent goes through router and streams. */
class BrowserCaptureTest {
  private static final Pattern EXTMAP = Pattern.compile("a=extmap:(\\d+)\\S* (\\S+)");
  private static final Pattern RTPMAP = Pattern.compile("a=rtpmap:(\\d+) ([^/\\s]+)/(\\d+)");
  private static final Pattern APT = Pattern.compile("a=fmtp:(\\d+) apt=(\\d+)");
  private static final Pattern MID = Pattern.compile("a=mid:(\\S+)");

  /** A router as the answer of a capture negotiates it. */
  private static final class Receiver implements StreamOpener {
    final Map<String, StreamPair.Received> byRid = new HashMap<>();
    final List<ReceiveStream> streams = new ArrayList<>();
    final ExtensionIds extensions;
    final RtpRouter router = new RtpRouter(this);

    Receiver(String answer) {
      Map<String, Integer> ids = new HashMap<>();
      for (Matcher extmap = EXTMAP.matcher(answer); extmap.find(); ) {
        ids.put(extmap.group(2), Integer.valueOf(extmap.group(1)));
      }
      Map<Integer, Integer> rtx = new HashMap<>();
      for (Matcher apt = APT.matcher(answer); apt.find(); ) {
        rtx.put(Integer.valueOf(apt.group(1)), Integer.valueOf(apt.group(2)));
      }
      Map<Integer, Integer> clockRates = new HashMap<>();
      for (Matcher rtpmap = RTPMAP.matcher(answer); rtpmap.find(); ) {
        int payloadType = Integer.parseInt(rtpmap.group(1));
        if (!rtx.containsKey(payloadType)) {
          clockRates.put(payloadType, Integer.valueOf(rtpmap.group(3)));
        }
      }
      Matcher mid = MID.matcher(answer);
      assertThat(mid.find()).isTrue();
      extensions = new ExtensionIds(ids);
      ReceiveParameters parameters = new ReceiveParameters(clockRates, rtx, true, true, true);
      router.update(List.of(new MediaSection(mid.group(1), parameters, Map.of())), extensions);
    }

    static Receiver of(String capture) throws MalformedPacketException {
      Receiver receiver = new Receiver(RtpCapture.answer(capture));
      RtpPacket packet = new RtpPacket();
      for (RtpCapture.Packet each : RtpCapture.read(capture)) {
        packet.parse(each.bytes(), 0, each.bytes().length);
        boolean routed = receiver.router.receive(packet, each.arrivalNs());
        // Padding that probes the path may come before any media.
        assertThat(routed || receiver.streams.isEmpty()).as(capture).isTrue();
      }
      return receiver;
    }

    @Override
    public ReceiveStream open(MediaSection section, String rid, long ssrc) {
      StreamPair.Received listener = new StreamPair.Received();
      assertThat(byRid.put(rid, listener)).isNull();
      ReceiveStream stream = new ReceiveStream(ssrc, section.parameters(), listener);
      streams.add(stream);
      return stream;
    }

    @Override
    public void onClosed(ReceiveStream stream) {
      throw new AssertionError("closed " + stream.ssrc());
    }
  }

  static final List<String> CAPTURES = captures();

  private static List<String> captures() {
    List<String> names = new ArrayList<>(RtpCapture.VIDEO);
    names.addAll(RtpCapture.AUDIO);
    return names;
  }

  @ParameterizedTest
  @FieldSource("CAPTURES")
  void aStreamHasNoGapAndCarriesWhatWasNegotiated(String capture) throws Exception {
    Receiver receiver = Receiver.of(capture);
    assertThat(receiver.streams).hasSize(1);
    StreamPair.Received received = receiver.byRid.get("");
    assertThat(received.sequences).hasSizeGreaterThan(10);
    ReceiveStatistics statistics = receiver.streams.get(0).statistics();
    assertThat(statistics.packetsLost()).isZero();
    assertThat(statistics.discardedPackets()).isZero();
    assertThat(statistics.jitterSeconds()).isLessThan(0.05);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium-vp8-rtx", "firefox-vp8-rtx"})
  void retransmissionsAreOfTheStreamThatTheyRepair(String capture) throws Exception {
    Receiver receiver = Receiver.of(capture);
    assertThat(receiver.streams).hasSize(1);
    ReceiveStatistics statistics = receiver.streams.get(0).statistics();
    assertThat(statistics.retransmittedPackets()).isPositive();
    // The packets themselves had come, too.
    assertThat(statistics.duplicatePackets()).isEqualTo(statistics.retransmittedPackets());
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium-vp8-rtx", "firefox-vp8-rtx"})
  void aLostPacketComesBackTheSame(String capture) throws Exception {
    Receiver whole = Receiver.of(capture);
    Receiver receiver = new Receiver(RtpCapture.answer(capture));
    RtpPacket packet = new RtpPacket();
    Set<Integer> repaired = repairedSequences(capture);
    for (RtpCapture.Packet each : RtpCapture.read(capture)) {
      packet.parse(each.bytes(), 0, each.bytes().length);
      boolean isRtx =
          RtpCapture.answer(capture).contains("a=fmtp:" + packet.payloadType() + " apt");
      if (isRtx || !repaired.contains(packet.sequence())) {
        receiver.router.receive(packet, each.arrivalNs());
      }
    }
    StreamPair.Received expected = whole.byRid.get("");
    StreamPair.Received recovered = receiver.byRid.get("");
    assertThat(recovered.payloads.keySet()).isEqualTo(expected.payloads.keySet());
    expected.payloads.forEach(
        (sequence, payload) -> assertThat(recovered.payloads.get(sequence)).isEqualTo(payload));
    assertThat(receiver.streams.get(0).statistics().packetsLost()).isEqualTo(repaired.size());
  }

  private static Set<Integer> repairedSequences(String capture) throws MalformedPacketException {
    Set<Integer> sequences = new HashSet<>();
    int first = -1;
    RtpPacket packet = new RtpPacket();
    for (RtpCapture.Packet each : RtpCapture.read(capture)) {
      packet.parse(each.bytes(), 0, each.bytes().length);
      boolean isRtx =
          RtpCapture.answer(capture).contains("a=fmtp:" + packet.payloadType() + " apt");
      if (first < 0 && !isRtx) {
        first = packet.sequence();
      } else if (isRtx && packet.payloadLength() > 2) {
        byte[] bytes = packet.buffer();
        int at = packet.payloadOffset();
        sequences.add((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff);
      }
    }
    sequences.remove(first); // without it there is no stream yet
    assertThat(sequences).hasSizeGreaterThan(5);
    return sequences;
  }

  @ParameterizedTest
  @ValueSource(strings = {"chromium-vp8-simulcast", "firefox-vp8-simulcast"})
  void layersAreToldApartByTheirRid(String capture) throws Exception {
    Receiver receiver = Receiver.of(capture);
    assertThat(receiver.byRid).hasSize(2);
    assertThat(receiver.byRid.keySet()).isSubsetOf("q", "h", "f");
  }

  @Test
  void audioPacketsTellTheirLevel() throws Exception {
    for (String capture : List.of("chromium-opus", "firefox-opus")) {
      ExtensionIds ids = new Receiver(RtpCapture.answer(capture)).extensions;
      RtpPacket packet = new RtpPacket();
      for (RtpCapture.Packet each : RtpCapture.read(capture)) {
        packet.parse(each.bytes(), 0, each.bytes().length);
        assertThat(HeaderExtensions.audioLevel(packet, ids)).as(capture).isBetween(0, 127);
      }
    }
  }

  @Test
  void transportWideNumbersFollowEachOther() throws Exception {
    ExtensionIds ids = new Receiver(RtpCapture.answer("chromium-vp8")).extensions;
    RtpPacket packet = new RtpPacket();
    int expected = -1;
    for (RtpCapture.Packet each : RtpCapture.read("chromium-vp8")) {
      packet.parse(each.bytes(), 0, each.bytes().length);
      int sequence = HeaderExtensions.transportSequence(packet, ids);
      assertThat(sequence).isNotNegative();
      assertThat(expected < 0 || sequence == expected).isTrue();
      expected = sequence + 1 & 0xffff;
    }
  }

  static final List<String> RTCP = RtpCapture.RTCP;

  @ParameterizedTest
  @FieldSource("RTCP")
  void theRtcpOfBrowsersIsReadAndWrittenTheSame(String capture) throws Exception {
    int reports = 0;
    for (RtpCapture.Packet each : RtpCapture.read(capture)) {
      List<RtcpPacket> packets = new ArrayList<>();
      RtcpReader reader = new RtcpReader(each.bytes(), 0, each.bytes().length);
      while (reader.hasNext()) {
        packets.add(reader.next());
      }
      assertThat(packets).noneMatch(packet -> packet instanceof UnknownRtcp);
      reports += packets.stream().anyMatch(packet -> packet instanceof SenderReport) ? 1 : 0;
      // Feedback has several encodings of one meaning, a bit rate of 2^n, too.
      if (packets.stream().noneMatch(p -> p instanceof TransportFeedback || p instanceof Remb)) {
        assertThat(Hex.of(written(packets))).isEqualTo(Hex.of(each.bytes()));
      }
    }
    assertThat(reports).isPositive();
  }

  private static byte[] written(List<RtcpPacket> packets) {
    ByteWriter out =
        new ByteWriter(new byte[packets.stream().mapToInt(RtcpPacket::bytes).sum()], 0);
    packets.forEach(packet -> packet.write(out));
    return out.array();
  }
}
