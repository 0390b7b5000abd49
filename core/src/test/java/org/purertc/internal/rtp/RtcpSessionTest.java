package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.SendEnd.SSRC;
import static org.purertc.internal.rtp.SendEnd.ms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.Bye;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.PictureLossIndication;
import org.purertc.internal.rtp.rtcp.ReceiverReport;
import org.purertc.internal.rtp.rtcp.Remb;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.RtcpReader;
import org.purertc.internal.rtp.rtcp.RtcpWriter;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.rtp.rtcp.SourceDescription;
import org.purertc.internal.rtp.rtcp.UnknownRtcp;
import org.purertc.internal.util.MalformedPacketException;

class RtcpSessionTest {
  private static final long LOCAL = 77;

  private final List<String> events = new ArrayList<>();
  private final RtpRouter router = new RtpRouter(new Opener());
  private RtcpSession session = session(true, true);
  private final SendEnd sender = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);

  private RtcpSession session(boolean reducedSize, boolean hasVideo) {
    return new RtcpSession(
        new RtcpParameters(LOCAL, "name", reducedSize, hasVideo, false),
        router,
        new Listener(),
        SendEnd.CLOCK,
        new SplittableRandom(1));
  }

  private static final class Opener implements StreamOpener {
    @Override
    public ReceiveStream open(MediaSection section, String rid, long ssrc) {
      return new ReceiveStream(ssrc, section.parameters(), new StreamPair.Received());
    }

    @Override
    public void onClosed(ReceiveStream stream) {}
  }

  private final class Listener implements RtcpListener {
    @Override
    public void onRetransmission(OutgoingPacket packet) {
      events.add("retransmission " + packet.ssrc());
    }

    @Override
    public void onKeyFrameRequest(SendStream stream) {
      events.add("key frame " + stream.parameters().ssrc());
    }

    @Override
    public void onRemb(Remb remb) {
      events.add("remb " + remb.bitsPerSecond());
    }

    @Override
    public void onOther(RtcpPacket packet, long nowNs) {
      events.add(packet.getClass().getSimpleName());
    }

    @Override
    public void onReceiverRoundTrip(long roundTripNs) {
      events.add("receiver's round trip " + roundTripNs / 1_000_000);
    }

    @Override
    public void onRoundTrip(long roundTripNs) {
      events.add("round trip " + roundTripNs / 1_000_000);
    }
  }

  private void receiveMedia(long ssrc, int sequence, long nowNs) throws Exception {
    router.update(
        List.of(
            new MediaSection(
                "v",
                new ReceiveParameters(Map.of(96, 90_000), Map.of(), true, true, true),
                Map.of())),
        ExtensionIds.NONE);
    byte[] bytes = Hex.bytes(String.format("80 60 %04x 00000000 %08x aa", sequence, ssrc));
    RtpPacket packet = new RtpPacket();
    packet.parse(bytes, 0, bytes.length);
    assertThat(router.receive(packet, nowNs)).isTrue();
  }

  private List<RtcpPacket> produce(long nowNs) throws MalformedPacketException {
    byte[] buffer = new byte[1_200];
    int length = session.produce(buffer, 0, buffer.length, nowNs);
    List<RtcpPacket> packets = new ArrayList<>();
    RtcpReader reader = new RtcpReader(buffer, 0, length);
    while (reader.hasNext()) {
      packets.add(reader.next());
    }
    return packets;
  }

  private void receive(RtcpPacket... packets) throws MalformedPacketException {
    byte[] buffer = new byte[1_200];
    RtcpWriter writer = new RtcpWriter(buffer, 0, buffer.length);
    for (RtcpPacket packet : packets) {
      assertThat(writer.add(packet)).isTrue();
    }
    session.receive(buffer, 0, writer.length(), ms(500));
  }

  private static SourceDescription named(long ssrc) {
    return new SourceDescription(List.of(new SourceDescription.Chunk(ssrc, "name", "")));
  }

  /** When reports left within a minute. */
  private List<Long> reportTimes() throws Exception {
    session.start(0);
    receiveMedia(5, 1, 0);
    List<Long> times = new ArrayList<>();
    while (session.nextDeadlineNs() < ms(60_000)) {
      long nowNs = session.nextDeadlineNs();
      assertThat(produce(nowNs)).isNotEmpty();
      times.add(nowNs / 1_000_000);
    }
    return times;
  }

  private static void assertIntervals(List<Long> times, long intervalMs) {
    assertThat(times.get(0)).isBetween(intervalMs / 4, intervalMs * 3 / 4);
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isBetween(intervalMs / 2, intervalMs * 3 / 2);
    }
    assertThat((double) times.size()).isBetween(45_000.0 / intervalMs, 80_000.0 / intervalMs);
  }

  @Test
  void reportsAboutEachSecondWithVideo() throws Exception {
    assertIntervals(reportTimes(), 1_000);
  }

  @Test
  void reportsAboutEachFiveSecondsWithAudioAlone() throws Exception {
    session = session(true, false);
    assertIntervals(reportTimes(), 5_000);
  }

  @Test
  void saysNothingWithoutStreamsOrBeforeTheStart() throws Exception {
    assertThat(session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    session.start(0);
    assertThat(produce(ms(10_000))).isEmpty();
  }

  @Test
  void aReceiverReportsOnWhatItHeard() throws Exception {
    session.start(0);
    receiveMedia(5, 1, 0);
    receiveMedia(5, 2, 0);
    assertThat(produce(ms(800)))
        .containsExactly(
            new ReceiverReport(LOCAL, List.of(new ReportBlock(5, 0, 0, 2, 0, 0, 0))), named(LOCAL));
    assertThat(produce(ms(3_000)))
        .containsExactly(new ReceiverReport(LOCAL, List.of()), named(LOCAL));
  }

  @Test
  void aSenderReportsItselfAndWhatItHeard() throws Exception {
    session.start(0);
    session.add(sender.stream);
    sender.send(100, 0, 0);
    receiveMedia(5, 1, 0);
    List<RtcpPacket> packets = produce(ms(800));
    assertThat(packets).hasSize(2);
    assertThat(packets.get(0))
        .isInstanceOfSatisfying(
            SenderReport.class,
            report -> {
              assertThat(report.ssrc()).isEqualTo(SSRC);
              assertThat(report.packets()).isEqualTo(1);
              assertThat(report.blocks()).hasSize(1);
            });
    assertThat(packets.get(1)).isEqualTo(named(SSRC));
    assertThat(sender.stream.statistics().senderReports()).isEqualTo(1);
  }

  @Test
  void aSenderThatFellSilentReportsAsAReceiver() throws Exception {
    session.start(0);
    session.add(sender.stream);
    sender.send(100, 0, 0);
    assertThat(produce(ms(800)).get(0)).isInstanceOf(SenderReport.class);
    assertThat(produce(ms(3_000)).get(0)).isInstanceOf(SenderReport.class);
    assertThat(produce(ms(6_000)).get(0)).isInstanceOf(ReceiverReport.class);
  }

  @Test
  void blocksBeyond31GoIntoFurtherReports() throws Exception {
    session.start(0);
    for (int ssrc = 1; ssrc <= 64; ssrc++) {
      receiveMedia(ssrc, 1, 0);
    }
    List<Long> reported = new ArrayList<>();
    List<RtcpPacket> packets = produce(ms(800));
    for (; !packets.isEmpty(); packets = produce(ms(800))) {
      assertThat(packets.get(0)).isInstanceOf(ReceiverReport.class);
      assertThat(packets.get(1)).isEqualTo(named(LOCAL));
      for (RtcpPacket packet : packets) {
        if (packet instanceof ReceiverReport report) {
          report.blocks().forEach(block -> reported.add(block.ssrc()));
        }
      }
    }
    assertThat(reported).hasSize(64).doesNotHaveDuplicates();
  }

  @Test
  void feedbackGoesAtOnceAndAloneWhereReducedSizeWasNegotiated() throws Exception {
    receiveMedia(5, 1, ms(3));
    receiveMedia(5, 3, ms(3));
    assertThat(session.nextDeadlineNs()).isLessThanOrEqualTo(ms(3));
    assertThat(produce(ms(3)))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(new Nack(LOCAL, 5, new int[] {2}));
    assertThat(produce(ms(3))).isEmpty();
  }

  @Test
  void otherwiseFeedbackGoesInACompoundPacket() throws Exception {
    session = session(false, true);
    session.send(new PictureLossIndication(LOCAL, 5));
    // RFC 4585 section 3.1: a report, the CNAME, the feedback.
    assertThat(produce(0))
        .containsExactly(
            new ReceiverReport(LOCAL, List.of()),
            named(LOCAL),
            new PictureLossIndication(LOCAL, 5));
    assertThat(produce(0)).isEmpty();
  }

  @Test
  void feedbackRidesWithAReportThatIsDue() throws Exception {
    session.start(0);
    receiveMedia(5, 1, 0);
    session.send(new PictureLossIndication(LOCAL, 5));
    assertThat(produce(ms(800))).hasSize(3);
  }

  @Test
  void whatWaitsIsBoundedAndLeavesInSeveralDatagrams() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      session.send(new PictureLossIndication(LOCAL, i));
    }
    int sent = 0;
    List<RtcpPacket> packets = produce(0);
    for (; !packets.isEmpty(); packets = produce(0)) {
      sent += packets.size();
    }
    assertThat(sent).isEqualTo(RtcpSession.MAX_WAITING);
    assertThat(session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatNoDatagramCanHoldIsDropped() throws Exception {
    session.send(new Remb(LOCAL, 1, new long[255]));
    int[] far = new int[400];
    Arrays.setAll(far, i -> 100 * i);
    session.send(new Nack(LOCAL, 5, far));
    session.send(new PictureLossIndication(LOCAL, 5));
    assertThat(produce(0)).hasSize(1);
    assertThat(produce(0)).isEmpty();
    assertThat(produce(0)).containsExactly(new PictureLossIndication(LOCAL, 5));
  }

  @Test
  void byeIsSaidForAStreamAndItsRetransmissions() throws Exception {
    session.add(sender.stream);
    session.stop();
    session.remove(sender.stream);
    assertThat(produce(0))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(new Bye(new long[] {SSRC, SendEnd.RTX_SSRC}, ""));
    assertThat(session.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void requestsReachTheStreamThatTheyName() throws Exception {
    session.add(sender.stream);
    sender.send(10, 0, 0);
    receive(
        new Nack(1, SSRC, new int[] {0}),
        new Nack(1, 4_711, new int[] {0}),
        new PictureLossIndication(1, SSRC),
        new PictureLossIndication(1, 4_711),
        new FullIntraRequest(
            1,
            List.of(
                new FullIntraRequest.Entry(SSRC, 1),
                new FullIntraRequest.Entry(SSRC, 1),
                new FullIntraRequest.Entry(4_711, 1))),
        new Remb(1, 512, new long[0]),
        new UnknownRtcp(210, 0, new byte[0]));
    assertThat(events)
        .containsExactly(
            "retransmission " + SendEnd.RTX_SSRC,
            "key frame " + SSRC,
            "key frame " + SSRC,
            "remb 512",
            "UnknownRtcp");
    SendStatistics statistics = sender.stream.statistics();
    assertThat(statistics.nacks()).isEqualTo(1);
    assertThat(statistics.pictureLossIndications()).isEqualTo(1);
    assertThat(statistics.fullIntraRequests()).isEqualTo(1);
  }

  @Test
  void tellsARoundTripThatAReportMeasured() throws Exception {
    session.add(sender.stream);
    long sent = NtpClock.middle(SendEnd.CLOCK.at(ms(400)));
    ReportBlock block = new ReportBlock(SSRC, 0, 0, 0, 0, sent, 0);
    receive(new SenderReport(1, 0, 0, 0, 0, List.of(block)));
    assertThat(events).containsExactly("round trip 100");
  }

  @Test
  void theRemotesReportsAndByeReachTheStream() throws Exception {
    receiveMedia(5, 1, 0);
    receive(new SenderReport(5, 1, 2, 3, 4, List.of()), named(5));
    ReceiveStream stream = router.streamOf(5);
    assertThat(stream).isNotNull();
    assertThat(stream.remoteStatistics().packets()).isEqualTo(3);
    receive(new Bye(new long[] {5, 6}, "gone"));
    assertThat(router.streams()).isEmpty();
  }

  @Test
  void whatComesBeforeAMalformedPacketCounts() throws Exception {
    session.add(sender.stream);
    byte[] bytes = Hex.bytes("81 ce 0002 00000001 11111111", "81 ce 0001 00000001");
    assertThatThrownBy(() -> session.receive(bytes, 0, bytes.length, 0))
        .isInstanceOf(MalformedPacketException.class);
    assertThat(events).containsExactly("key frame " + SSRC);
  }
}
