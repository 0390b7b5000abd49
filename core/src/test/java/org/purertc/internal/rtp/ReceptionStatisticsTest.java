package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.SendEnd.ms;

import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.ReportBlock;

class ReceptionStatisticsTest {
  private final SequenceTracker sequences = new SequenceTracker();
  private final ReceptionStatistics reception = new ReceptionStatistics(sequences);

  private void receive(int... numbers) {
    for (int number : numbers) {
      sequences.offer(number);
      reception.onPacket();
    }
  }

  private ReportBlock report() {
    return reception.report(7, 0, 0);
  }

  @Test
  void tellsTheFractionLostSinceTheLastReport() {
    // RFC 3550 appendix A.3.
    receive(10, 11, 12, 13);
    assertThat(report().fractionLost()).isZero();
    receive(15, 17);
    ReportBlock block = report();
    assertThat(block.fractionLost()).isEqualTo(128);
    assertThat(block.cumulativeLost()).isEqualTo(2);
    assertThat(block.extendedHighestSequence()).isEqualTo(17);
    receive(18);
    assertThat(report().fractionLost()).isZero();
    assertThat(report().fractionLost()).isZero();
  }

  @Test
  void duplicatesMakeTheLossNegative() {
    receive(1, 1, 2, 2, 2);
    ReportBlock block = report();
    assertThat(block.cumulativeLost()).isEqualTo(-3);
    assertThat(block.fractionLost()).isZero();
  }

  @Test
  void lossStopsAtWhat24BitsHold() {
    int sequence = 0;
    for (int i = 0; i < 3_000; i++) {
      receive(sequence & 0xffff);
      sequence += 2_999;
    }
    assertThat(reception.lost()).isGreaterThan(0x7f_ffff);
    assertThat(report().cumulativeLost()).isEqualTo(0x7f_ffff);
    assertThat(report().fractionLost()).isZero();
  }

  @Test
  void measuresJitterAsAppendixA8Does() {
    reception.onArrival(0, 90_000, 0);
    // 10 ms later than its timestamp says: 900 units, a sixteenth of them is the jitter.
    reception.onArrival(3_000, 90_000, ms(43) + 333_333);
    assertThat(report().jitter()).isEqualTo(899 / 16);
    // On time relative to the one before: what was there decays by a sixteenth.
    reception.onArrival(6_000, 90_000, ms(76) + 666_666);
    assertThat(report().jitter()).isEqualTo(52);
  }

  @Test
  void jitterOfASteadyStreamIsNothing() {
    for (int i = 0; i < 1_000; i++) {
      reception.onArrival(i * 960L, 48_000, i * ms(20));
    }
    assertThat(report().jitter()).isZero();
    assertThat(reception.jitterSeconds()).isZero();
  }

  @Test
  void packetsOfOneFrameMakeNoJitter() {
    for (int i = 0; i < 100; i++) {
      reception.onArrival(i / 4 * 3_600L, 90_000, i / 4 * ms(40) + i % 4 * ms(5));
    }
    assertThat(report().jitter()).isZero();
  }

  @Test
  void anotherClockRateBeginsAnew() {
    reception.onArrival(0, 90_000, 0);
    reception.onArrival(0x4000_0000L, 8_000, ms(20));
    assertThat(report().jitter()).isZero();
    reception.onArrival(0x4000_0000L + 160, 8_000, ms(40));
    assertThat(report().jitter()).isZero();
  }

  @Test
  void anArrivalFromAHugeClockIsNoProblem() {
    long startNs = Long.MAX_VALUE - ms(100);
    reception.onArrival(0, 90_000, startNs);
    reception.onArrival(900, 90_000, startNs + ms(10));
    assertThat(report().jitter()).isZero();
  }

  @Test
  void lossOutlivesARestart() {
    receive(1, 5);
    reception.onRestart(reception.lost());
    sequences.offer(30_000);
    sequences.offer(30_001);
    reception.onPacket();
    assertThat(reception.lost()).isEqualTo(3);
  }

  @Test
  void knowsWhetherAnythingWasHeardSinceTheReport() {
    assertThat(reception.isHeardSinceReport()).isFalse();
    receive(1);
    assertThat(reception.isHeardSinceReport()).isTrue();
    report();
    assertThat(reception.isHeardSinceReport()).isFalse();
  }
}
