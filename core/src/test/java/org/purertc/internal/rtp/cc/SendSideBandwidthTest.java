package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.cc.Feedbacks.LOST;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.Timer;

class SendSideBandwidthTest {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final long MAX = 10_000_000;

  private final List<Long> targets = new ArrayList<>();
  private final SendSideBandwidth bandwidth =
      new SendSideBandwidth(300_000, 30_000, MAX, targets::add);
  private long sequence;

  /** Sends 100 ms of packets and gets feedback that all arrived 50 ms later, but for some. */
  private void interval(int packets, int lost, long nowMs) {
    int[] arrivals = new int[packets];
    long base = sequence;
    for (int i = 0; i < packets; i++) {
      long at = nowMs + i * 100L / packets;
      bandwidth.onPacketSent(sequence++, 1200, ProbeCluster.NONE, at * MS);
      arrivals[i] = i < lost ? LOST : (int) at + 50;
    }
    bandwidth.onFeedback(Feedbacks.of(base, arrivals), (nowMs + 200) * MS);
  }

  @Test
  void beginsAt300KilobitsAndPacesAtTwoAndAHalfTimesThat() {
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(300_000);
    assertThat(bandwidth.pacingBitsPerSecond()).isEqualTo(750_000);
    assertThat(bandwidth.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void probesAtThreeAndSixTimesTheStartWithTheFirstPacket() {
    assertThat(bandwidth.pollProbe()).isNull();
    bandwidth.onPacketSent(0, 1200, ProbeCluster.NONE, 0);
    assertThat(bandwidth.pollProbe().bitsPerSecond()).isEqualTo(900_000);
    assertThat(bandwidth.pollProbe().bitsPerSecond()).isEqualTo(1_800_000);
    assertThat(bandwidth.pollProbe()).isNull();
  }

  @Test
  void probesNoHigherThanTwiceOfWhatIsWanted() {
    bandwidth.setWanted(400_000, 0);
    bandwidth.onPacketSent(0, 1200, ProbeCluster.NONE, 0);
    assertThat(bandwidth.pollProbe().bitsPerSecond()).isEqualTo(800_000);
    assertThat(bandwidth.pollProbe().bitsPerSecond()).isEqualTo(800_000);
  }

  @Test
  void aSuccessfulProbeRaisesTheTargetAtOnceAndLeadsToAnother() {
    bandwidth.onPacketSent(sequence++, 1200, ProbeCluster.NONE, 0);
    bandwidth.pollProbe();
    ProbeCluster probe = bandwidth.pollProbe();
    int[] arrivals = new int[8];
    long base = sequence;
    for (int i = 0; i < 8; i++) {
      bandwidth.onPacketSent(sequence++, 1125, probe.id(), 5L * i * MS);
      arrivals[i] = 50 + 5 * i;
    }
    bandwidth.onFeedback(Feedbacks.of(base, arrivals), 150 * MS);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(1_800_000);
    assertThat(targets).containsExactly(1_800_000L);
    assertThat(bandwidth.pollProbe().bitsPerSecond()).isEqualTo(3_600_000);
  }

  @Test
  void growsWhileAllArrives() {
    for (int i = 0; i < 50; i++) {
      interval(8, 0, 100 * i);
    }
    assertThat(bandwidth.targetBitsPerSecond()).isGreaterThan(400_000);
  }

  @Test
  void muchLossReducesTheTarget() {
    for (int i = 0; i < 20; i++) {
      interval(8, 3, 100 * i);
    }
    assertThat(bandwidth.targetBitsPerSecond()).isLessThan(200_000);
    assertThat(bandwidth.lossFraction()).isBetween(0.3, 0.45);
  }

  @Test
  void neverLeavesItsLimits() {
    for (int i = 0; i < 200; i++) {
      interval(8, 7, 100 * i);
    }
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(30_000);
    bandwidth.setLimits(100_000, 200_000, 30 * SECOND);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(100_000);
  }

  @Test
  void aLowerMaximumHoldsAtOnce() {
    bandwidth.setLimits(30_000, 200_000, 0);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(200_000);
    assertThatThrownBy(() -> bandwidth.setLimits(2, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rembIsACap() {
    bandwidth.onRemb(150_000, 0);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(150_000);
    bandwidth.onRemb(0, 0);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(30_000);
  }

  @Test
  void withoutTransportFeedbackReceiverReportsTellOfLoss() {
    bandwidth.onReceiverReport(0.5, SECOND);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(225_000);
    bandwidth.onReceiverReport(0, 3 * SECOND);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(244_000);
  }

  @Test
  void withTransportFeedbackReceiverReportsSayTheSameAgain() {
    interval(8, 0, 0);
    long before = bandwidth.targetBitsPerSecond();
    bandwidth.onReceiverReport(0.5, SECOND);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo(before);
  }

  @Test
  void measuresTheRoundTrip() {
    for (int i = 0; i < 100; i++) {
      interval(8, 0, 100 * i);
    }
    // The last packet of each interval left 87 ms after its begin, the feedback came after 200.
    assertThat(bandwidth.roundTripNs()).isBetween(110 * MS, 116 * MS);
  }

  @Test
  void slowsDownWhenFeedbackStaysAway() {
    interval(8, 0, 0);
    long before = bandwidth.targetBitsPerSecond();
    bandwidth.onPacketSent(sequence++, 1200, ProbeCluster.NONE, SECOND);
    assertThat(bandwidth.nextDeadlineNs()).isEqualTo(4 * SECOND);
    bandwidth.onDeadline(4 * SECOND);
    assertThat(bandwidth.targetBitsPerSecond()).isEqualTo((long) (0.8 * before));
    bandwidth.onPacketSent(sequence++, 1200, ProbeCluster.NONE, 4 * SECOND);
    assertThat(bandwidth.nextDeadlineNs()).isEqualTo(5 * SECOND);
  }

  @Test
  void needsNoTimerWhileNothingIsSent() {
    interval(8, 0, 0);
    bandwidth.onPacketSent(sequence++, 1200, ProbeCluster.NONE, SECOND);
    bandwidth.onDeadline(4 * SECOND);
    bandwidth.onDeadline(6 * SECOND);
    assertThat(bandwidth.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void probesEveryFiveSecondsWhileTheProgramUsesLittle() {
    int probes = 0;
    for (int i = 0; i < 200; i++) {
      interval(1, 0, 100 * i);
      while (bandwidth.pollProbe() != null) {
        probes++;
      }
      if (bandwidth.nextDeadlineNs() <= 100L * i * MS) {
        bandwidth.onDeadline(100L * i * MS);
      }
    }
    assertThat(bandwidth.isApplicationLimited()).isTrue();
    assertThat(probes).isBetween(4, 6);
  }

  @Test
  void looksForMoreWhileDataWaitsEverLessOften() {
    int probes = 0;
    for (int i = 0; i < 600; i++) {
      interval(8, 0, 100 * i);
      bandwidth.onDataWaiting(100L * i * MS);
      while (bandwidth.pollProbe() != null) {
        probes++;
      }
    }
    assertThat(probes).isBetween(5, 16);
  }

  @Test
  void worksWithAClockBelowZero() {
    SendSideBandwidth early = new SendSideBandwidth(300_000, 30_000, MAX, targets::add);
    long start = Long.MIN_VALUE / 2;
    for (int i = 0; i < 100; i++) {
      int[] arrivals = new int[8];
      for (int j = 0; j < 8; j++) {
        early.onPacketSent(8L * i + j, 1200, 0, start + (100L * i + 12L * j) * MS);
        arrivals[j] = 100 * i + 12 * j;
      }
      early.onFeedback(Feedbacks.of(8L * i, arrivals), start + (100L * i + 150) * MS);
    }
    assertThat(early.targetBitsPerSecond()).isGreaterThan(500_000);
  }

  @Test
  void hostileFeedbackKeepsTheTargetWithinItsLimitsAndTheTimersFinite() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      SendSideBandwidth victim = new SendSideBandwidth(300_000, 30_000, MAX, targets::add);
      long next = 0;
      for (int i = 0; i < 100; i++) {
        long nowNs = i * 50L * MS;
        for (int j = random.nextInt(5); j > 0; j--) {
          ProbeCluster probe = victim.pollProbe();
          victim.onPacketSent(next++, 1200, probe == null ? 0 : probe.id(), nowNs);
        }
        victim.onFeedback(hostile(random, next), nowNs);
        if (victim.nextDeadlineNs() <= nowNs) {
          victim.onDeadline(nowNs);
        }
        assertThat(victim.targetBitsPerSecond()).as("seed %d", seed).isBetween(30_000L, MAX);
        assertThat(victim.nextDeadlineNs()).as("seed %d", seed).isPositive();
        assertThat(victim.roundTripNs()).as("seed %d", seed).isNotNegative();
        assertThat(victim.lossFraction()).as("seed %d", seed).isBetween(0.0, 1.0);
      }
    }
  }

  private static TransportFeedback hostile(SplittableRandom random, long next) {
    int count = random.nextInt(1, random.nextInt(20) == 0 ? 0x10000 : 40);
    int[] offsets = random.ints(30, 0, count).distinct().sorted().toArray();
    int[] deltas = random.ints(offsets.length, -0x8000, 0x8000).toArray();
    boolean near = random.nextBoolean();
    int base = near ? (int) (next - random.nextInt(10)) & 0xffff : random.nextInt(0x10000);
    int reference = random.nextInt(-0x80_0000, 0x80_0000);
    return new TransportFeedback(
        1, 2, base, count, near ? 1 : reference, 0, offsets, Arrays.copyOf(deltas, offsets.length));
  }
}
