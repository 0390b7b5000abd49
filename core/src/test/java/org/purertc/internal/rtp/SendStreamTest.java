package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.SendEnd.CLOCK;
import static org.purertc.internal.rtp.SendEnd.IDS;
import static org.purertc.internal.rtp.SendEnd.RTX_SSRC;
import static org.purertc.internal.rtp.SendEnd.SSRC;
import static org.purertc.internal.rtp.SendEnd.ms;
import static org.purertc.internal.rtp.SendEnd.view;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.SenderReport;

class SendStreamTest {

  private static ReportBlock reportOn(long ssrc) {
    return new ReportBlock(ssrc, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void aPacketHasTheBytesOfRfc3550AndRfc8285() {
    SendEnd end = SendEnd.of(SendEnd.video(IDS), 0x0001fffe);
    OutgoingPacket packet = end.stream.packet(SendEnd.frame(2, 0), true, Hex.bytes("aabb"), 0);
    packet.stamp(0x1234, ms(500));
    // abs-send-time 0.5 s, transport-wide number, mid "0"; three bytes to the boundary.
    assertThat(Hex.of(packet.bytes()))
        .isEqualTo(
            Hex.of(
                Hex.bytes(
                    "90 e0 fffe 00020000 11111111",
                    "bede0003 42 020000 51 1234 10 30 000000",
                    "aabb")));
    assertThat(packet.payloadBytes()).isEqualTo(2);
    assertThat(packet.kind()).isEqualTo(PacketKind.VIDEO);
  }

  @Test
  void withoutExtensionsTheHeaderIsTheFixedOne() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    OutgoingPacket packet = end.stream.packet(SendEnd.frame(0, 0), false, Hex.bytes("aa"), 0);
    packet.stamp(7, 0);
    assertThat(Hex.of(packet.bytes())).isEqualTo("80600000" + "00000000" + "11111111" + "aa");
    assertThat(packet.takesTransportSequence()).isFalse();
  }

  @Test
  void aFrameBecomesPacketsOfAtMost1200BytesTheLastOfWhichIsMarked() throws Exception {
    SendEnd end = SendEnd.of(SendEnd.video(IDS), 0);
    List<OutgoingPacket> packets = end.send(5_000, 90, 0);
    assertThat(packets).hasSize(5);
    for (int i = 0; i < packets.size(); i++) {
      // A retransmission has two bytes more.
      assertThat(packets.get(i).length()).isLessThanOrEqualTo(1_198);
      assertThat(view(packets.get(i)).marker()).isEqualTo(i == 4);
      assertThat(view(packets.get(i)).timestamp()).isEqualTo(90);
      assertThat(packets.get(i).sequence()).isEqualTo(i);
    }
    assertThat(packets.stream().mapToInt(OutgoingPacket::payloadBytes).sum()).isEqualTo(5_000);
  }

  @Test
  void audioMarksTheFirstPacketOnly() throws Exception {
    SendParameters audio =
        new SendParameters(
            SSRC, -1, PacketKind.AUDIO, 48_000, Map.of(), false, ExtensionIds.NONE, "", "");
    SendEnd end = SendEnd.of(audio, 0);
    assertThat(view(end.send(10, 0, 0).get(0)).marker()).isTrue();
    assertThat(view(end.send(10, 960, ms(20)).get(0)).marker()).isFalse();
  }

  @Test
  void sequenceNumbersAndTimestampsWrap() throws Exception {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0xffff_ffff);
    assertThat(view(end.send(1, 0, 0).get(0)).sequence()).isEqualTo(65_535);
    RtpPacket next = view(end.send(1, 1, ms(1)).get(0));
    assertThat(next.sequence()).isZero();
    assertThat(next.timestamp()).isZero();
    assertThat(end.nack(ms(2), 65_535, 0)).hasSize(2);
  }

  @Test
  void carriesMidUntilTheRemoteReportsOnTheStream() throws Exception {
    SendEnd end = SendEnd.of(SendEnd.video(IDS), 0);
    RtpPacket before = view(end.send(1, 0, 0).get(0));
    assertThat(HeaderExtensions.text(before, IDS, ExtensionType.MID)).isEqualTo("0");
    end.stream.onReport(reportOn(RTX_SSRC), ms(1));
    RtpPacket between = view(end.send(1, 0, ms(1)).get(0));
    assertThat(HeaderExtensions.text(between, IDS, ExtensionType.MID)).isEqualTo("0");
    end.stream.onReport(reportOn(SSRC), ms(2));
    RtpPacket after = view(end.send(1, 0, ms(2)).get(0));
    assertThat(HeaderExtensions.text(after, IDS, ExtensionType.MID)).isNull();
    assertThat(HeaderExtensions.transportSequence(after, IDS)).isZero();
  }

  @Test
  void aLayerCarriesItsRidAndItsRetransmissionsTheRepairedRid() throws Exception {
    SendParameters video = SendEnd.video(IDS);
    SendEnd end =
        SendEnd.of(
            new SendParameters(
                SSRC,
                RTX_SSRC,
                PacketKind.VIDEO,
                90_000,
                video.rtxPayloadTypes(),
                true,
                IDS,
                "0",
                "hi"),
            0);
    RtpPacket media = view(end.send(1, 0, 0).get(0));
    assertThat(HeaderExtensions.text(media, IDS, ExtensionType.STREAM_ID)).isEqualTo("hi");
    RtpPacket rtx = view(end.nack(ms(1), 0).get(0));
    assertThat(HeaderExtensions.text(rtx, IDS, ExtensionType.STREAM_ID)).isNull();
    assertThat(HeaderExtensions.text(rtx, IDS, ExtensionType.REPAIRED_STREAM_ID)).isEqualTo("hi");
    assertThat(HeaderExtensions.text(rtx, IDS, ExtensionType.MID)).isEqualTo("0");
    end.stream.onReport(reportOn(RTX_SSRC), ms(2));
    RtpPacket known = view(end.nack(ms(1_000), 0).get(0));
    assertThat(HeaderExtensions.text(known, IDS, ExtensionType.REPAIRED_STREAM_ID)).isNull();
  }

  @Test
  void aRetransmissionHasTheBytesOfRfc4588() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0xfffe);
    end.stream.packet(SendEnd.frame(5, 0), true, Hex.bytes("aabbcc"), 0).stamp(0, 0);
    OutgoingPacket rtx = end.nack(ms(1), 0xfffe).get(0);
    assertThat(Hex.of(rtx.bytes()))
        .isEqualTo(Hex.of(Hex.bytes("80 e1 fffe 00010003 22222222", "fffe aabbcc")));
    assertThat(rtx.kind()).isEqualTo(PacketKind.RETRANSMISSION);
    assertThat(rtx.ssrc()).isEqualTo(RTX_SSRC);
    assertThat(rtx.payloadBytes()).isEqualTo(5);
  }

  @Test
  void retransmitsAPacketOnceInARoundTrip() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    end.send(1, 0, 0);
    reportRoundTrip(end, 100);
    assertThat(end.nack(ms(200), 0)).hasSize(1).first().satisfies(p -> p.stamp(0, ms(200)));
    assertThat(end.nack(ms(280), 0)).isEmpty();
    assertThat(end.nack(ms(300), 0)).hasSize(1);
    // This one still waits for the pacer.
    assertThat(end.nack(ms(400), 0)).isEmpty();
    assertThat(end.nack(ms(800), 0)).hasSize(1);
  }

  private static void reportRoundTrip(SendEnd end, int roundTripMs) {
    long sent = NtpClock.middle(CLOCK.at(0));
    boolean measured =
        end.stream.onReport(
            new ReportBlock(SSRC, 0, 0, 0, 0, sent, NtpClock.nsToMiddle(ms(40))),
            ms(40 + roundTripMs));
    assertThat(measured).isTrue();
  }

  @Test
  void measuresTheRoundTripByLastSenderReportAndDelay() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    assertThat(end.stream.roundTripNs()).isEqualTo(-1);
    reportRoundTrip(end, 125);
    assertThat(end.stream.roundTripNs()).isBetween(ms(124), ms(126));
    // A clock that is ahead of ours.
    reportRoundTrip(end, -20);
    assertThat(end.stream.roundTripNs()).isBetween(1L, ms(1));
    assertThat(end.stream.remoteStatistics().roundTripMeasurements()).isEqualTo(2);
  }

  @Test
  void ignoresARoundTripThatCannotBe() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    end.stream.onReport(new ReportBlock(SSRC, 0, 0, 0, 0, 0x8000_0000L, 0), ms(1));
    assertThat(end.stream.roundTripNs()).isEqualTo(-1);
  }

  @Test
  void doesNotRetransmitWhatWasNotSentOrIsForgotten() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 10);
    assertThat(end.nack(0, 9, 10)).isEmpty();
    end.stream.packet(SendEnd.frame(0, 0), true, new byte[1], 0);
    assertThat(end.nack(0, 10)).isEmpty();
    end.send(1, 0, ms(1));
    assertThat(end.nack(ms(10), 9, 10, 11, 12)).hasSize(1);
    end.send(1, 0, ms(5_000));
    assertThat(end.nack(ms(5_001), 11)).isEmpty();
  }

  @Test
  void withoutNegotiatedNackNothingIsKept() {
    SendParameters audio =
        new SendParameters(
            SSRC, -1, PacketKind.AUDIO, 48_000, Map.of(), false, ExtensionIds.NONE, "", "");
    SendEnd end = SendEnd.of(audio, 0);
    OutgoingPacket packet = end.send(1, 0, 0).get(0);
    assertThat(packet.needsProtectedBytes()).isFalse();
    assertThat(end.nack(ms(1), 0)).isEmpty();
    assertThat(end.stream.statistics().nacks()).isEqualTo(1);
  }

  @Test
  void withoutRtxItRepeatsTheProtectedBytes() {
    SendEnd end = SendEnd.of(SendEnd.withoutRtx(), 0);
    OutgoingPacket packet = end.send(3, 0, 0).get(0);
    assertThat(packet.needsProtectedBytes()).isTrue();
    assertThat(end.nack(ms(1), 0)).isEmpty();
    packet.keepProtected(Hex.bytes("00 8000 11"), 1, 2);
    OutgoingPacket repeated = end.nack(ms(200), 0).get(0);
    assertThat(Hex.of(repeated.bytes())).isEqualTo("8000");
    assertThat(repeated.isProtected()).isTrue();
    assertThat(repeated.takesTransportSequence()).isFalse();
    assertThat(repeated.needsProtectedBytes()).isFalse();
    repeated.stamp(0x7777, ms(200));
    assertThat(Hex.of(repeated.bytes())).isEqualTo("8000");
    assertThat(packet.isProtected()).isFalse();
  }

  @Test
  void paddingGoesWithTheRetransmissionStream() throws Exception {
    SendEnd end = SendEnd.of(SendEnd.video(IDS), 0);
    assertThat(end.stream.padding(200, 0)).isNull();
    end.send(1, 77, 0);
    OutgoingPacket padding = end.stream.padding(1_000, ms(1));
    assertThat(padding).isNotNull();
    assertThat(padding.kind()).isEqualTo(PacketKind.PADDING);
    RtpPacket view = view(padding);
    assertThat(view.ssrc()).isEqualTo(RTX_SSRC);
    assertThat(view.payloadType()).isEqualTo(SendEnd.RTX_PAYLOAD_TYPE);
    assertThat(view.timestamp()).isEqualTo(77);
    assertThat(view.payloadLength()).isZero();
    assertThat(padding.bytes()[padding.length() - 1]).isEqualTo((byte) 255);
    assertThat(SendEnd.of(SendEnd.withoutRtx(), 0).stream.padding(10, 0)).isNull();
  }

  @Test
  void theSenderReportMapsNtpTimeToTheStreamsClock() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0xffff_ff00);
    assertThat(end.stream.isSending()).isFalse();
    end.send(1_000, 900, ms(10));
    end.send(500, 1_800, ms(20));
    SenderReport report = end.stream.report(List.of(), ms(120));
    assertThat(report.ssrc()).isEqualTo(SSRC);
    assertThat(report.ntpTimestamp()).isEqualTo(CLOCK.at(ms(120)));
    // 100 ms after the newest frame was captured: 9,000 units; the start wraps.
    assertThat(report.rtpTimestamp()).isEqualTo(1_800 + 9_000 - 256);
    assertThat(report.packets()).isEqualTo(2);
    assertThat(report.octets()).isEqualTo(1_500);
  }

  @Test
  void retransmissionsAndPaddingDoNotCountInTheSenderReport() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    end.send(1_000, 900, ms(10));
    end.nack(ms(20), 0).get(0).stamp(0, ms(20));
    OutgoingPacket padding = end.stream.padding(100, ms(20));
    assertThat(padding).isNotNull();
    padding.stamp(0, ms(30));
    assertThat(end.stream.report(List.of(), ms(40)).packets()).isEqualTo(1);
    SendStatistics statistics = end.stream.statistics();
    assertThat(statistics.packets()).isEqualTo(3);
    assertThat(statistics.bytes()).isEqualTo(2_002);
    assertThat(statistics.headerBytes()).isEqualTo(3 * 12 + 100);
    assertThat(statistics.retransmittedPackets()).isEqualTo(1);
    assertThat(statistics.retransmittedBytes()).isEqualTo(1_002);
    assertThat(statistics.totalSendDelayNs()).isEqualTo(ms(10));
    assertThat(statistics.frames()).isEqualTo(1);
    assertThat(statistics.lastPacketNs()).isEqualTo(ms(30));
  }

  @Test
  void itIsASenderForTwoReportsAfterItsLastPacket() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    end.send(1, 0, 0);
    assertThat(end.stream.isSending()).isTrue();
    end.stream.report(List.of(), ms(1_000));
    assertThat(end.stream.isSending()).isTrue();
    end.stream.report(List.of(), ms(2_000));
    assertThat(end.stream.isSending()).isFalse();
  }

  @Test
  void aRepeatedFullIntraRequestCountsOnce() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    assertThat(end.stream.onFullIntraRequest(new FullIntraRequest.Entry(SSRC, 255))).isTrue();
    assertThat(end.stream.onFullIntraRequest(new FullIntraRequest.Entry(SSRC, 255))).isFalse();
    assertThat(end.stream.onFullIntraRequest(new FullIntraRequest.Entry(SSRC, 0))).isTrue();
    assertThat(end.stream.statistics().fullIntraRequests()).isEqualTo(2);
  }

  /** RFC 3550 section 6.4.1: the cycles are those that the receiver has seen. */
  @Test
  void aReceiverThatCameAfterTheWrapCountsFromThere() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 65_530);
    for (int i = 0; i < 14; i++) {
      end.send(1, i, ms(i));
    }
    end.stream.onReport(new ReportBlock(SSRC, 0, 2, 5, 0, 0, 0), ms(20));
    assertThat(end.stream.remoteStatistics().packetsReceived()).isEqualTo(10);
  }

  @Test
  void whoAsksForEverythingAgainAndAgainGetsItTwice() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    long sent = 0;
    long again = 0;
    for (int i = 0; i < 4_000; i++) {
      sent += bytes(end.send(1_000, i, ms(i)));
      int[] all = IntStream.rangeClosed(0, i).toArray();
      end.stream.onReport(new ReportBlock(SSRC, 0, 0, i, 0, 0, 0), ms(i));
      again += i % 20 == 0 ? bytes(leaving(end.nack(ms(i), all), ms(i))) : 0;
    }
    assertThat(again).isBetween(sent * 9 / 10, sent + RetransmissionBudget.LEAST_SAVED_BYTES);
    for (int i = 0; i < 100; i++) {
      leaving(end.nack(ms(4_000 + i), IntStream.range(0, 4_000).toArray()), ms(4_000 + i));
    }
    assertThat(end.nack(ms(4_200), IntStream.range(0, 4_000).toArray())).isEmpty();
  }

  private static List<OutgoingPacket> leaving(List<OutgoingPacket> packets, long nowNs) {
    packets.forEach(packet -> packet.stamp(0, nowNs));
    return packets;
  }

  private static long bytes(List<OutgoingPacket> packets) {
    return packets.stream().mapToLong(OutgoingPacket::length).sum();
  }

  @Test
  void tellsHowTheRemoteReceives() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 65_530);
    for (int i = 0; i < 14; i++) {
      end.send(1, i, ms(i));
    }
    end.stream.onReport(new ReportBlock(SSRC, 64, 3, 0x1_0005, 900, 0, 0), ms(7));
    RemoteReceptionStatistics statistics = end.stream.remoteStatistics();
    // From 65530 to 5 in the next cycle are 12 packets, 3 of them lost.
    assertThat(statistics.packetsReceived()).isEqualTo(9);
    assertThat(statistics.packetsLost()).isEqualTo(3);
    assertThat(statistics.fractionLost()).isEqualTo(0.25);
    assertThat(statistics.jitterSeconds()).isEqualTo(0.01);
    assertThat(statistics.reports()).isEqualTo(1);
    assertThat(statistics.lastReportNs()).isEqualTo(ms(7));
  }

  @Test
  void keepsItsSsrcOverANegotiation() {
    SendEnd end = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);
    end.stream.update(SendEnd.withoutRtx());
    assertThat(end.stream.parameters().rtxSsrc()).isEqualTo(-1);
    SendParameters other =
        new SendParameters(
            1, -1, PacketKind.VIDEO, 90_000, Map.of(), true, ExtensionIds.NONE, "", "");
    assertThatThrownBy(() -> end.stream.update(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
