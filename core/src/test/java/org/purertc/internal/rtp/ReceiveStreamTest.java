package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.SendEnd.ms;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.FullIntraRequest;
import org.purertc.internal.rtp.rtcp.Nack;
import org.purertc.internal.rtp.rtcp.PictureLossIndication;
import org.purertc.internal.rtp.rtcp.ReportBlock;
import org.purertc.internal.rtp.rtcp.RtcpPacket;
import org.purertc.internal.rtp.rtcp.SenderReport;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

class ReceiveStreamTest {
  private static final long SSRC = 0x11111111L;
  private static final long LOCAL = 9;
  private static final ReceiveParameters VIDEO =
      new ReceiveParameters(Map.of(96, 90_000), Map.of(97, 96), true, true, true);

  private final StreamPair.Received received = new StreamPair.Received();
  private final ReceiveStream stream = new ReceiveStream(SSRC, VIDEO, received);

  private static RtpPacket packet(int payloadType, int sequence, long timestamp, String payload)
      throws MalformedPacketException {
    byte[] bytes =
        Hex.bytes(
            String.format(
                "80 %02x %04x %08x 11111111 %s", payloadType, sequence, timestamp, payload));
    RtpPacket packet = new RtpPacket();
    packet.parse(bytes, 0, bytes.length);
    return packet;
  }

  private void media(int sequence, long nowNs) throws MalformedPacketException {
    stream.receive(packet(96, sequence, 1_000, "aabb"), nowNs);
  }

  private List<RtcpPacket> feedback(long nowNs) {
    return stream.takeFeedback(LOCAL, nowNs);
  }

  @Test
  void givesPacketsAsTheyCome() throws Exception {
    media(3, 0);
    media(5, 0);
    media(4, 0);
    media(5, 0);
    long base = received.sequences.get(0);
    assertThat(received.sequences).containsExactly(base, base + 2, base + 1);
    assertThat(Hex.of(received.payloads.get(base))).isEqualTo("aabb");
    assertThat(stream.statistics().duplicatePackets()).isEqualTo(1);
    assertThat(stream.statistics().packets()).isEqualTo(4);
    assertThat(stream.statistics().bytes()).isEqualTo(8);
    assertThat(stream.statistics().headerBytes()).isEqualTo(48);
  }

  @Test
  void unwrapsTimestampsOverTheirWrap() throws Exception {
    stream.receive(packet(96, 1, 0xffff_ff00L, "aa"), 0);
    stream.receive(packet(96, 2, 0x100, "aa"), 0);
    stream.receive(packet(96, 3, 0xffff_ff80L, "aa"), 0);
    long base = received.timestamps.get(0);
    assertThat(received.timestamps).containsExactly(base, base + 0x200, base + 0x80);
  }

  @Test
  void dropsPayloadTypesThatWereNotNegotiated() throws Exception {
    stream.receive(packet(100, 1, 0, "aa"), 0);
    assertThat(received.sequences).isEmpty();
    assertThat(stream.statistics().discardedPackets()).isEqualTo(1);
  }

  @Test
  void putsARetransmissionIntoItsPlace() throws Exception {
    media(65_535, 0);
    media(1, 0);
    stream.receiveRetransmission(packet(97, 500, 990, "0000 ccdd"), 0);
    long base = received.sequences.get(0);
    assertThat(received.sequences).containsExactly(base, base + 2, base + 1);
    assertThat(Hex.of(received.payloads.get(base + 1))).isEqualTo("ccdd");
    assertThat(received.timestamps.get(2)).isEqualTo(received.timestamps.get(0) - 10);
    assertThat(feedback(0)).isEmpty();
    assertThat(stream.statistics().retransmittedPackets()).isEqualTo(1);
    assertThat(stream.statistics().retransmittedBytes()).isEqualTo(4);
    // RFC 3550's loss stays: the original is gone.
    assertThat(stream.statistics().packetsLost()).isEqualTo(1);
  }

  @Test
  void aRetransmissionOfWhatIsThereOrFarOffIsDropped() throws Exception {
    stream.receiveRetransmission(packet(97, 1, 0, "0001 cc"), 0);
    media(5, 0);
    stream.receiveRetransmission(packet(97, 2, 0, "0005 cc"), 0);
    stream.receiveRetransmission(packet(97, 3, 0, "1000 cc"), 0);
    assertThat(received.sequences).hasSize(1);
    assertThat(stream.statistics().duplicatePackets()).isEqualTo(1);
    assertThat(stream.statistics().discardedPackets()).isEqualTo(2);
  }

  @Test
  void aRetransmissionOfALostLastPacketIsTaken() throws Exception {
    media(5, 0);
    stream.receiveRetransmission(packet(97, 2, 0, "0007 cc"), 0);
    assertThat(received.sequences).hasSize(2);
    assertThat(stream.isWaitingFor(6)).isTrue();
    assertThat(stream.statistics().packetsLost()).isEqualTo(2);
    // It was only late.
    media(7, 0);
    assertThat(received.sequences).hasSize(2);
    assertThat(stream.statistics().packetsLost()).isEqualTo(1);
  }

  @Test
  void paddingInTheRetransmissionStreamIsNoPacket() throws Exception {
    media(5, 0);
    byte[] bytes = Hex.bytes("a0 61 0001 00000000 22222222 00000004");
    RtpPacket padding = new RtpPacket();
    padding.parse(bytes, 0, bytes.length);
    stream.receiveRetransmission(padding, 0);
    assertThat(received.sequences).hasSize(1);
    assertThat(stream.statistics().headerBytes()).isEqualTo(28);
  }

  @Test
  void aRetransmissionWithoutOriginalNumberIsMalformed() throws Exception {
    media(5, 0);
    RtpPacket cut = packet(97, 1, 0, "00");
    assertThatThrownBy(() -> stream.receiveRetransmission(cut, 0))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void anUnknownRetransmissionFormatIsDropped() throws Exception {
    media(5, 0);
    stream.receiveRetransmission(packet(99, 1, 0, "0004 aa"), 0);
    assertThat(stream.statistics().discardedPackets()).isEqualTo(1);
  }

  @Test
  void asksForAGapAtOnce() throws Exception {
    media(10, 0);
    media(13, ms(1));
    assertThat(stream.nextDeadlineNs()).isEqualTo(ms(1));
    assertThat(feedback(ms(1)))
        .singleElement()
        .isInstanceOfSatisfying(
            Nack.class,
            nack -> {
              assertThat(nack.senderSsrc()).isEqualTo(LOCAL);
              assertThat(nack.mediaSsrc()).isEqualTo(SSRC);
              assertThat(nack.sequences()).containsExactly(11, 12);
            });
    assertThat(stream.statistics().nacks()).isEqualTo(1);
  }

  @Test
  void cutsAListOfManyGapsIntoPacketsThatFit() throws Exception {
    for (int i = 0; i < 800; i++) {
      media(2 * i, 0);
    }
    List<RtcpPacket> feedback = feedback(0);
    assertThat(feedback).hasSize(4);
    assertThat(feedback).allSatisfy(nack -> assertThat(nack.bytes()).isLessThanOrEqualTo(812));
  }

  @Test
  void withoutNegotiatedFeedbackItAsksForNothing() throws Exception {
    stream.update(new ReceiveParameters(Map.of(96, 90_000), Map.of(), false, false, false));
    media(10, 0);
    media(13, 0);
    stream.requestKeyFrame();
    assertThat(stream.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(feedback(0)).isEmpty();
  }

  @Test
  void asksForAKeyFrameByPictureLossIndication() {
    stream.requestKeyFrame();
    assertThat(feedback(0)).containsExactly(new PictureLossIndication(LOCAL, SSRC));
    assertThat(feedback(ms(100))).isEmpty();
    stream.onKeyFrame();
    assertThat(feedback(ms(300))).isEmpty();
    assertThat(stream.statistics().pictureLossIndications()).isEqualTo(1);
  }

  @Test
  void asksByFullIntraRequestWhereNothingElseWasNegotiated() {
    stream.update(new ReceiveParameters(Map.of(96, 90_000), Map.of(), false, false, true));
    stream.requestKeyFrame();
    for (int sequence = 0; sequence < 300; sequence++) {
      assertThat(feedback(ms(200L * sequence)))
          .containsExactly(
              new FullIntraRequest(
                  LOCAL, List.of(new FullIntraRequest.Entry(SSRC, sequence & 0xff))));
    }
    assertThat(stream.statistics().fullIntraRequests()).isEqualTo(300);
  }

  @Test
  void tellsItsListenerThatTheRemoteHasBegunAnew() throws Exception {
    media(100, 0);
    stream.onSenderReport(new SenderReport(SSRC, 1L << 40, 0, 0, 0, List.of()), 0);
    media(30_000, 0);
    stream.receive(packet(96, 30_001, 5, "aa"), 0);
    assertThat(received.restarts).isEqualTo(1);
    assertThat(received.sequences).hasSize(2);
    assertThat(received.sequences.get(1)).isGreaterThan(received.sequences.get(0));
    assertThat(received.timestamps.get(1)).isGreaterThan(received.timestamps.get(0));
    assertThat(stream.senderClock().isKnown()).isFalse();
    assertThat(stream.statistics().packetsLost()).isZero();
    assertThat(feedback(0)).isEmpty();
  }

  @Test
  void reportsWhatItHeardWithTheLastSenderReport() throws Exception {
    assertThat(stream.report(0)).isNull();
    media(10, 0);
    stream.onSenderReport(
        new SenderReport(SSRC, 0x11112222_33334444L, 0, 1, 2, List.of()), ms(100));
    ReportBlock block = stream.report(ms(600));
    assertThat(block).isEqualTo(new ReportBlock(SSRC, 0, 0, 10, 0, 0x22223333L, 0x8000));
    assertThat(stream.report(ms(700))).isNull();
    RemoteSendStatistics remote = stream.remoteStatistics();
    assertThat(remote.packets()).isEqualTo(1);
    assertThat(remote.bytes()).isEqualTo(2);
    assertThat(remote.lastReportNs()).isEqualTo(ms(100));
  }

  @Test
  void aDelayThatTheFieldCannotHoldIsItsMaximum() throws Exception {
    media(10, 0);
    stream.onSenderReport(new SenderReport(SSRC, 1L << 40, 0, 0, 0, List.of()), 0);
    ReportBlock block = stream.report(70_000L * 1_000_000_000);
    assertThat(block).isNotNull();
    assertThat(block.delaySinceLastSenderReport()).isEqualTo(0xffff_ffffL);
  }

  @Test
  void reportsOnItsRetransmissionsApart() throws Exception {
    media(10, 0);
    media(12, 0);
    stream.setRtxSsrc(0x22222222L);
    assertThat(stream.rtxReport()).isNull();
    stream.receiveRetransmission(packet(97, 700, 0, "000b aa"), 0);
    assertThat(stream.rtxReport()).isEqualTo(new ReportBlock(0x22222222L, 0, 0, 700, 0, 0, 0));
  }
}
