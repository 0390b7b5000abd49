package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The parts of the estimate, each alone. */
class EstimatorsTest {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final long ROUND_TRIP = 100 * MS;

  private static BandwidthUsage usageAfter(double deltaMs, int groups) {
    TrendlineEstimator trend = new TrendlineEstimator();
    OveruseDetector detector = new OveruseDetector();
    for (int i = 0; i < groups; i++) {
      long arrivalNs = (long) (i * (10 + deltaMs) * MS);
      trend.add(deltaMs, arrivalNs);
      detector.add(trend, 10, arrivalNs);
    }
    return detector.usage();
  }

  @Test
  void growingDelayIsOveruse() {
    assertThat(usageAfter(1, 60)).isEqualTo(BandwidthUsage.OVERUSING);
  }

  @Test
  void shrinkingDelayIsUnderuse() {
    assertThat(usageAfter(-1, 60)).isEqualTo(BandwidthUsage.UNDERUSING);
  }

  @Test
  void steadyDelayIsNormal() {
    assertThat(usageAfter(0, 60)).isEqualTo(BandwidthUsage.NORMAL);
  }

  @Test
  void fewGroupsSayNothing() {
    assertThat(usageAfter(1, 10)).isEqualTo(BandwidthUsage.NORMAL);
  }

  @Test
  void slopeIsThatOfTheLine() {
    TrendlineEstimator trend = new TrendlineEstimator();
    for (int i = 0; i < 200; i++) {
      trend.add(0.5, i * 10 * MS);
    }
    assertThat(trend.slope()).isBetween(0.049, 0.051);
  }

  @Test
  void packetsSentWithinFiveMillisecondsAreOneGroup() {
    InterArrival groups = new InterArrival();
    assertThat(groups.add(0, 100 * MS)).isFalse();
    assertThat(groups.add(4 * MS, 108 * MS)).isFalse();
    assertThat(groups.add(20 * MS, 130 * MS)).isFalse();
    assertThat(groups.add(40 * MS, 155 * MS)).isTrue();
    assertThat(groups.sendDeltaNs()).isEqualTo(16 * MS);
    assertThat(groups.arrivalDeltaNs()).isEqualTo(22 * MS);
  }

  @Test
  void aBurstOfArrivalsIsOneGroup() {
    InterArrival groups = new InterArrival();
    groups.add(0, 100 * MS);
    groups.add(20 * MS, 150 * MS);
    groups.add(40 * MS, 151 * MS);
    assertThat(groups.add(60 * MS, 180 * MS)).isTrue();
    assertThat(groups.sendDeltaNs()).isEqualTo(40 * MS);
    assertThat(groups.arrivalDeltaNs()).isEqualTo(51 * MS);
  }

  @Test
  void anotherClockBeginsAnew() {
    InterArrival groups = new InterArrival();
    groups.add(0, 0);
    groups.add(10 * MS, 10 * MS);
    groups.add(20 * MS, 100 * SECOND);
    assertThat(groups.add(30 * MS, 100 * SECOND + 10 * MS)).isFalse();
    assertThat(groups.add(40 * MS, 100 * SECOND + 20 * MS)).isFalse();
    assertThat(groups.add(50 * MS, 100 * SECOND + 30 * MS)).isTrue();
    assertThat(groups.arrivalDeltaNs()).isEqualTo(10 * MS);
  }

  @Test
  void overuseReducesTo85PercentOfWhatArrives() {
    AimdRateControl control = new AimdRateControl(2_000_000, 30_000);
    control.onOveruse(1_000_000, SECOND);
    assertThat(control.bitsPerSecond()).isEqualTo(850_000);
  }

  @Test
  void farFromTheCapacityTheRateGrowsBy8PercentASecond() {
    AimdRateControl control = new AimdRateControl(1_000_000, 30_000);
    for (int i = 0; i <= 10; i++) {
      control.onNormal(1_000_000, ROUND_TRIP, i * 100 * MS);
    }
    assertThat(control.bitsPerSecond()).isBetween(1_078_000L, 1_082_000L);
  }

  @Test
  void nearTheCapacityTheRateGrowsByAPacketEachResponseTime() {
    AimdRateControl control = new AimdRateControl(1_000_000, 30_000);
    control.onOveruse(1_000_000, 0);
    for (int i = 0; i <= 10; i++) {
      control.onNormal(850_000, ROUND_TRIP, i * 100 * MS);
    }
    // A packet of 7 kbit, four of which make a frame, each 2 * (100 + 100) ms.
    assertThat(control.bitsPerSecond()).isBetween(865_000L, 880_000L);
  }

  @Test
  void neverMoreThanHalfAgainOfWhatArrives() {
    AimdRateControl control = new AimdRateControl(1_000_000, 30_000);
    for (int i = 0; i < 100; i++) {
      control.onNormal(500_000, ROUND_TRIP, i * SECOND);
    }
    assertThat(control.bitsPerSecond()).isEqualTo(1_000_000);
  }

  @Test
  void littleLossLetsTheRateGrowMuchLossHalvesItByItself() {
    LossBasedEstimator loss = new LossBasedEstimator(1_000_000);
    loss.add(0, 50, ROUND_TRIP, SECOND);
    assertThat(loss.bitsPerSecond()).isEqualTo(1_081_000);
    loss.add(2, 48, ROUND_TRIP, 2 * SECOND);
    assertThat(loss.bitsPerSecond()).as("4 %%").isEqualTo(1_081_000);
    loss.add(10, 40, ROUND_TRIP, 3 * SECOND);
    assertThat(loss.bitsPerSecond()).as("20 %%").isEqualTo(972_900);
  }

  @Test
  void lossReducesOncePerRoundTrip() {
    LossBasedEstimator loss = new LossBasedEstimator(1_000_000);
    loss.add(10, 40, ROUND_TRIP, SECOND);
    loss.add(10, 40, ROUND_TRIP, SECOND + 399 * MS);
    assertThat(loss.bitsPerSecond()).isEqualTo(900_000);
    loss.add(10, 40, ROUND_TRIP, SECOND + 401 * MS);
    assertThat(loss.bitsPerSecond()).isEqualTo(810_000);
  }

  @Test
  void acknowledgedRateFollowsWhatArrives() {
    AcknowledgedRate rate = new AcknowledgedRate();
    for (int i = 0; i < 100; i++) {
      rate.add(1250, i * 10 * MS);
    }
    assertThat(rate.bitsPerSecond()).isBetween(950_000L, 1_050_000L);
    for (int i = 100; i < 300; i++) {
      rate.add(2500, i * 10 * MS);
    }
    assertThat(rate.bitsPerSecond()).isBetween(1_900_000L, 2_100_000L);
  }

  @Test
  void applicationIsLimitedWhenItUsesLessThan65Percent() {
    ApplicationLimit limit = new ApplicationLimit();
    limit.setTarget(1_000_000);
    int ms = 0;
    for (; ms < 3_000; ms += 10) {
      limit.onSent(1_250, ms * MS);
    }
    assertThat(limit.isActive()).isFalse();
    for (; ms < 6_000; ms += 10) {
      limit.onSent(250, ms * MS);
    }
    assertThat(limit.isActive()).isTrue();
  }

  private static PacketResults probe(SentPackets sent, int sentGapMs, int arrivalGapMs) {
    int[] arrivals = new int[10];
    for (int i = 0; i < 10; i++) {
      sent.add(i, 1250, 1, (long) i * sentGapMs * MS);
      arrivals[i] = 100 + i * arrivalGapMs;
    }
    return sent.apply(Feedbacks.of(0, arrivals));
  }

  @Test
  void aProbeShowsTheRateAtWhichItWasSent() {
    ProbeRates rates = new ProbeRates();
    rates.expect(new ProbeCluster(1, 5_000_000, 9_375, 5));
    assertThat(rates.add(probe(new SentPackets(), 2, 2))).isEqualTo(5_000_000);
  }

  @Test
  void aProbeThatFillsThePathShowsAlittleLessThanItsCapacity() {
    ProbeRates rates = new ProbeRates();
    rates.expect(new ProbeCluster(1, 5_000_000, 9_375, 5));
    assertThat(rates.add(probe(new SentPackets(), 2, 4))).isEqualTo(2_375_000);
  }

  @Test
  void aProbeThatArrivesTwiceAsFastShowsNothing() {
    ProbeRates rates = new ProbeRates();
    rates.expect(new ProbeCluster(1, 2_000_000, 9_375, 5));
    assertThat(rates.add(probe(new SentPackets(), 5, 2))).isZero();
  }

  @Test
  void packetsOfAClusterThatIsNotAwaitedShowNothing() {
    ProbeRates rates = new ProbeRates();
    rates.expect(new ProbeCluster(17, 2_000_000, 9_375, 5));
    assertThat(rates.add(probe(new SentPackets(), 2, 2))).isZero();
  }

  @Test
  void queueDelayIsWhatIsAboveTheLeast() {
    QueueDelay delay = new QueueDelay();
    SentPackets sent = new SentPackets();
    sent.add(0, 100, 0, 0);
    sent.add(1, 100, 0, 100 * MS);
    delay.add(sent.apply(Feedbacks.of(0, 5000)), 200 * MS);
    delay.add(sent.apply(Feedbacks.of(1, 5170)), 300 * MS);
    assertThat(delay.latestNs()).isEqualTo(70 * MS);
  }
}
