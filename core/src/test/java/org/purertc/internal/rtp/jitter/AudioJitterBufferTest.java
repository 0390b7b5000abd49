package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.Timer;

class AudioJitterBufferTest {
  private static final long MS = 1_000_000;

  @Test
  void waitsEightyMillisecondsBeforeItKnowsTheNetwork() {
    var run = AudioSimulation.playing(1).send(5, (i, random) -> 10 * MS).finish();
    assertThat(run.heldNs).containsOnly(80 * MS);
    assertThat(run.intervalsNs()).containsOnly(20 * MS);
    assertThat(run.numbers()).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void anEvenNetworkEndsWithOneBucketOfDelay() {
    var run = AudioSimulation.playing(1).send(500, (i, random) -> 10 * MS).finish();
    assertThat(run.playout().targetDelayNs()).isEqualTo(20 * MS);
    assertThat(run.latencyMs(50)).isBetween(30.0, 40.1);
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 500).toArray());
    assertThat(run.gaps).isEmpty();
    assertThat(run.buffer.counters().concealedSamples()).isZero();
    assertThat(run.buffer.counters().removedSamplesForAcceleration()).isPositive();
    assertThat(run.buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void framesComeAtMostATenthCloserTogetherThanTheyLast() {
    var run = AudioSimulation.playing(1).send(500, (i, random) -> 10 * MS).finish();
    assertThat(Arrays.stream(run.intervalsNs()).min().orElseThrow()).isEqualTo(18 * MS);
    assertThat(Arrays.stream(run.intervalsNs()).max().orElseThrow()).isEqualTo(20 * MS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theDelayFollowsTheQuantileOfTheJitter(long seed) {
    var run =
        AudioSimulation.playing(seed)
            .send(3_000, (i, random) -> 30 * MS + (long) (random.nextDouble() * 100 * MS))
            .finish();
    assertThat(run.playout().targetDelayNs()).as("seed " + seed).isBetween(80 * MS, 120 * MS);
    assertThat(run.latencyMs(500)).as("seed " + seed).isBetween(105.0, 165.0);
    assertInOrder(run, seed);
    int arrived = run.frames.size();
    assertThat(arrived).as("seed " + seed).isGreaterThan(2_950);
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, -100, 300})
  void clocksThatDriftLoseNothingAndAddNoDelay(double partsPerMillion) {
    var run =
        AudioSimulation.playing(7)
            .senderClockFasterBy(partsPerMillion)
            .send(15_000, (i, random) -> 20 * MS + (long) (random.nextDouble() * 5 * MS))
            .finish();
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 15_000).toArray());
    assertThat(run.latencyMs(500)).isBetween(35.0, 55.0);
    assertThat(run.buffer.counters().concealedSamples()).isLessThan(4_800);
  }

  @Test
  void afterAStallOfTheNetworkTheDelayComesDownAgain() {
    var run = AudioSimulation.playing(3);
    run.send(500, (i, random) -> 10 * MS);
    run.send(10, (i, random) -> 210 * MS - i * 20 * MS);
    run.send(60, (i, random) -> 10 * MS);
    double justAfterMs = run.latencyMs(10);
    run.send(1_500, (i, random) -> 10 * MS).finish();
    assertThat(justAfterMs).isGreaterThan(120);
    assertThat(run.latencyMs(50)).isLessThan(45);
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, run.sent()).toArray());
    assertThat(run.buffer.counters().concealmentEvents()).isEqualTo(1);
    assertThat(run.buffer.counters().concealedSamples()).isBetween(160L * 48, 200L * 48);
  }

  @Test
  void frequentStallsAreCoveredByTheDelay() {
    var run = AudioSimulation.playing(3);
    for (int i = 0; i < 60; i++) {
      run.send(40, (n, random) -> 10 * MS);
      run.send(10, (n, random) -> 210 * MS - n * 20 * MS);
    }
    long concealed = run.buffer.counters().concealedSamples();
    for (int i = 0; i < 20; i++) {
      run.send(40, (n, random) -> 10 * MS);
      run.send(10, (n, random) -> 210 * MS - n * 20 * MS);
    }
    run.finish();
    assertThat(run.playout().targetDelayNs()).isBetween(200 * MS, 240 * MS);
    assertThat(run.buffer.counters().concealedSamples() - concealed).isLessThan(480);
  }

  @Test
  void aLostPacketIsReportedWhenItIsDueWithThePayloadBehindIt() {
    var run = AudioSimulation.playing(1).send(20, (i, random) -> i == 7 ? -1 : 10 * MS).finish();
    assertThat(run.gaps).hasSize(1);
    AudioGap gap = run.gaps.get(0);
    assertThat(gap.sequence()).isEqualTo(65_007);
    assertThat(gap.packets()).isEqualTo(1);
    assertThat(gap.durationTicks()).isEqualTo(960);
    assertThat(gap.next().payload()).isEqualTo(run.frames.get(7).data());
    assertThat(run.numbers()).hasSize(19);
    assertThat(run.buffer.counters().packetsLost()).isEqualTo(1);
    assertThat(run.buffer.counters().concealedSamples()).isEqualTo(960);
    assertThat(run.intervalsNs()).contains(40 * MS);
  }

  @Test
  void eachOfSeveralLostPacketsIsReportedAtItsTime() {
    var run =
        AudioSimulation.playing(1)
            .send(20, (i, random) -> i >= 7 && i < 10 ? -1 : 10 * MS)
            .finish();
    assertThat(run.gaps).extracting(AudioGap::sequence).containsExactly(65_007L, 65_008L, 65_009L);
    assertThat(run.gaps).extracting(gap -> gap.next() != null).containsExactly(false, false, true);
    assertThat(run.buffer.counters().concealmentEvents()).isEqualTo(1);
  }

  @Test
  void silenceThatWasNotSentIsNoLoss() {
    var run = AudioSimulation.playing(1).send(50, (i, random) -> 10 * MS);
    for (int i = 0; i < 5; i++) {
      run.silence(19).send(1, (n, random) -> 10 * MS);
    }
    run.silence(500).send(50, (i, random) -> 10 * MS).finish();
    assertThat(run.gaps).isEmpty();
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 105).toArray());
    assertThat(run.buffer.counters().concealedSamples()).isZero();
    assertThat(run.buffer.counters().restarts()).isZero();
  }

  @Test
  void aPacketLostInSilenceIsOneFrameOfLoss() {
    var run = AudioSimulation.playing(1).send(20, (i, random) -> 10 * MS);
    run.send(1, (i, random) -> -1).silence(19).send(20, (i, random) -> 10 * MS).finish();
    assertThat(run.gaps).hasSize(1);
    assertThat(run.gaps.get(0).durationTicks()).isEqualTo(960);
    assertThat(run.gaps.get(0).next()).isNull();
  }

  @Test
  void theDelayShrinksFasterInSilence() {
    var run = AudioSimulation.playing(1);
    run.playout().setDelayLimits(400 * MS, 700 * MS);
    run.send(300, (i, random) -> 10 * MS);
    assertThat(run.latencyMs(10)).isBetween(395.0, 411.0);
    run.playout().setDelayLimits(0, 700 * MS);
    run.silence(50).send(2, (i, random) -> 10 * MS).silence(5).finish();
    assertThat(run.latencyMs(1)).isLessThan(60);
  }

  @Test
  void theProgramsLeastDelayIsKept() {
    var run = AudioSimulation.playing(1);
    run.playout().setDelayLimits(200 * MS, 700 * MS);
    run.send(300, (i, random) -> 10 * MS).finish();
    assertThat(run.heldNs).containsOnly(200 * MS);
    var counters = run.buffer.counters();
    assertThat(counters.jitterBufferDelayNs() / counters.jitterBufferEmittedCount())
        .isEqualTo(200.0 * MS);
    assertThat(counters.jitterBufferTargetDelayNs() / counters.jitterBufferEmittedCount())
        .isEqualTo(200.0 * MS);
    assertThat(counters.jitterBufferMinimumDelayNs() / counters.jitterBufferEmittedCount())
        .isLessThan(60.0 * MS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void retransmissionsAreWaitedForWhenLossIsWorthIt(long seed) {
    var run =
        AudioSimulation.playing(seed)
            .send(6_000, (i, random) -> random.nextInt(100) < 10 ? 90 * MS : 20 * MS)
            .finish();
    long lost = run.buffer.counters().packetsLost();
    assertThat(run.playout().targetDelayNs()).as("seed " + seed).isBetween(80 * MS, 120 * MS);
    assertThat(lost).as("seed " + seed).isLessThan(200);
    assertInOrder(run, seed);
  }

  @Test
  void duplicatesAndPacketsTooLateAreDiscarded() {
    var run = AudioSimulation.playing(1).send(50, (i, random) -> 10 * MS).finish();
    AudioFrame last = run.frames.get(49);
    run.buffer.insert(
        new BufferedPacket(last.sequence(), last.timestamp(), false, 111, new byte[3], 9_000 * MS),
        9_000 * MS);
    assertThat(run.frames).hasSize(50);
    assertThat(run.buffer.counters().packetsDiscarded()).isEqualTo(1);
  }

  @Test
  void newTimestampsOfTheSenderAreFollowedAtOnce() {
    var run = AudioSimulation.playing(1).send(100, (i, random) -> 10 * MS);
    run.jump(0, -1_000_000_000L).send(100, (i, random) -> 10 * MS);
    run.jump(0, 2_000_000_000L).send(100, (i, random) -> 10 * MS).finish();
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 300).toArray());
    assertThat(run.buffer.counters().restarts()).isEqualTo(2);
    assertThat(Arrays.stream(run.intervalsNs()).max().orElseThrow()).isLessThan(200 * MS);
  }

  @Test
  void newSequenceNumbersFarBackAreFollowedFromTheSecondOn() {
    var run = AudioSimulation.playing(1).send(100, (i, random) -> 10 * MS);
    run.jump(-30_000, 0).send(100, (i, random) -> 10 * MS).finish();
    assertThat(run.numbers()).hasSize(199).doesNotContain(100);
    assertThat(run.buffer.counters().restarts()).isEqualTo(1);
  }

  @Test
  void newSequenceNumbersFarAheadAreNoLossWhereTimestampsGoOn() {
    var run = AudioSimulation.playing(1).send(100, (i, random) -> 10 * MS);
    run.jump(20_000, 0).send(100, (i, random) -> 10 * MS).finish();
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, 200).toArray());
    assertThat(run.gaps).isEmpty();
  }

  @Test
  void noMoreThanASecondOfSoundWaits() {
    var run = AudioSimulation.playing(1).send(100, (i, random) -> 10 * MS);
    run.send(125, (i, random) -> 2_510 * MS - i * 20 * MS);
    assertThat(run.playout().waitingPackets()).isLessThanOrEqualTo(50);
    run.send(100, (i, random) -> 10 * MS).finish();
    assertThat(run.buffer.counters().packetsDiscarded()).isBetween(60L, 90L);
    assertInOrder(run, 1);
    int last = run.frames.size() - 1;
    assertThat(AudioSimulation.number(run.frames.get(last))).isEqualTo(324);
  }

  private static void assertInOrder(AudioSimulation run, long seed) {
    assertThat(run.numbers()).as("seed " + seed).isSorted().doesNotHaveDuplicates();
    assertThat(run.releasedNs).as("seed " + seed).isSorted();
  }
}
