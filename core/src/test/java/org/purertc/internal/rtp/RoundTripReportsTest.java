package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.ms;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.ExtendedReports;
import org.purertc.internal.rtp.rtcp.RtcpPacket;

class RoundTripReportsTest {
  private final RoundTripReports reports = new RoundTripReports(SendEnd.CLOCK);
  private final SendEnd sender = SendEnd.of(SendEnd.video(ExtensionIds.NONE), 0);

  private static ExtendedReports only(List<RtcpPacket> composed) {
    assertThat(composed).hasSize(1);
    return (ExtendedReports) composed.get(0);
  }

  @Test
  void aReceiverThatSendsNothingMeasuresTheRoundTrip() {
    StreamPair pair = new StreamPair(SendEnd.video(SendEnd.IDS), 1, 1).delayMs(40);
    for (int i = 0; i < 150; i++) {
      pair.sendFrame(1_000, i * 3_000L);
      pair.runFor(33);
    }
    assertThat(pair.receiverRoundTripNs).isCloseTo(ms(80), Offset.offset(ms(1)));
    RemoteSendStatistics statistics = pair.router.streams().get(0).remoteStatistics();
    assertThat(statistics.roundTripNs()).isCloseTo(ms(80), Offset.offset(ms(1)));
    assertThat(statistics.roundTripMeasurements()).isBetween(2L, 5L);
    assertThat(statistics.totalRoundTripNs())
        .isCloseTo(statistics.roundTripMeasurements() * ms(80), Offset.offset(ms(5)));
  }

  @Test
  void whoSendsDoesNotAsk() {
    sender.send(10, 0, 0);
    assertThat(reports.compose(List.of(sender.stream), SendEnd.SSRC, 0)).isEmpty();
  }

  @Test
  void eachReferenceTimeIsAnsweredOnceByEveryStream() {
    sender.send(10, 0, 0);
    reports.onReferenceTime(new ExtendedReports(5, 0x1_2345_6789L << 16, List.of()), ms(10));
    ExtendedReports answer = only(reports.compose(List.of(sender.stream), 1, ms(510)));
    assertThat(answer.ssrc()).isEqualTo(SendEnd.SSRC);
    assertThat(answer.delays())
        .containsExactly(new ExtendedReports.Delay(5, 0x2345_6789L, 1 << 15));
    assertThat(reports.compose(List.of(sender.stream), 1, ms(520))).isEmpty();
  }

  @Test
  void answersToOthersAndImpossibleOnesTellNothing() {
    ExtendedReports asked = only(reports.compose(List.of(), 7, ms(1_000)));
    long time = NtpClock.middle(asked.referenceTime());
    assertThat(roundTrip(8, time, 0, ms(1_050))).isEqualTo(-1);
    assertThat(roundTrip(7, 0, 0, ms(1_050))).isEqualTo(-1);
    assertThat(roundTrip(7, time, 0xffff_ffffL, ms(1_050))).isPositive();
    assertThat(roundTrip(7, time, 3 << 16, ms(1_050))).isEqualTo(-1);
    assertThat(roundTrip(7, time, 0, ms(40_000))).isEqualTo(-1);
    assertThat(roundTrip(7, time, 1 << 14, ms(1_350))).isCloseTo(ms(100), Offset.offset(ms(1)));
  }

  private long roundTrip(long ssrc, long time, long delay, long nowNs) {
    ExtendedReports.Delay answer = new ExtendedReports.Delay(ssrc, time, delay);
    return reports.roundTripNs(new ExtendedReports(9, 0, List.of(answer)), nowNs);
  }

  @Test
  void manyReceiversTakeNoMoreThanTheirRoom() {
    for (long ssrc = 1; ssrc <= 1_000; ssrc++) {
      reports.onReferenceTime(new ExtendedReports(ssrc, 1L << 32, List.of()), 0);
    }
    ExtendedReports answer = only(reports.compose(List.of(), 7, ms(1)));
    assertThat(answer.delays()).hasSize(RoundTripReports.MAX_REFERENCES);
    assertThat(answer.delays().get(0).ssrc()).isEqualTo(985);
  }
}
