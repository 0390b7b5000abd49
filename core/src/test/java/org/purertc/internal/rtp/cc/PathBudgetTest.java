package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.Timer;

class PathBudgetTest {
  private static final long MS = 1_000_000L;
  private static final int PACKET = 1200;

  private final PathBudget budget = new PathBudget(1_000_000);

  /** What data sends in a time when it has always more. */
  private int dataBytes(long fromMs, long toMs, int mediaBytesPerTenMs) {
    int bytes = 0;
    for (long ms = fromMs; ms < toMs; ms++) {
      if (mediaBytesPerTenMs > 0 && ms % 10 == 0) {
        budget.onMediaSent(mediaBytesPerTenMs, ms * MS);
      }
      while (bytes < 10_000_000 && budget.mayProduce(ms * MS)) {
        budget.onDataSent(PACKET, ms * MS);
        bytes += PACKET;
      }
    }
    return bytes;
  }

  @Test
  void dataAloneIsNotLimited() {
    assertThat(dataBytes(0, 1, 0)).isEqualTo(10_000_800);
    assertThat(budget.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void dataGetsWhatMediaLeaves() {
    dataBytes(0, 3_000, 500);
    // 400 kbit/s of media leave 600 kbit/s of the target.
    assertThat(dataBytes(3_000, 5_000, 500)).isBetween(140_000, 160_000);
  }

  @Test
  void dataGetsATenthHoweverMuchMediaThereIs() {
    dataBytes(0, 3_000, 2_500);
    // 25,000 bytes, and what it may send at once after it sent nothing.
    assertThat(dataBytes(3_000, 5_000, 2_500)).isBetween(25_000, 28_700);
  }

  @Test
  void soundAloneDoesNotLimitData() {
    assertThat(dataBytes(0, 3_000, 60)).isGreaterThan(10_000_000);
  }

  @Test
  void mediaThatStoppedDoesNotLimitData() {
    dataBytes(0, 3_000, 1_000);
    assertThat(dataBytes(3_992, 3_993, 0)).isGreaterThan(10_000_000);
  }

  @Test
  void whoWasRefusedLearnsWhenToAskAgain() {
    dataBytes(0, 3_000, 1_000);
    while (budget.mayProduce(3_000 * MS)) {
      budget.onDataSent(PACKET, 3_000 * MS);
    }
    long next = budget.nextDeadlineNs();
    assertThat(next).isGreaterThan(3_000 * MS);
    assertThat(budget.mayProduce(next - MS)).isFalse();
    assertThat(budget.mayProduce(next)).isTrue();
  }

  @Test
  void encodersLeaveATenthToDataThatIsSent() {
    assertThat(budget.mediaBitsPerSecond(0)).isEqualTo(1_000_000);
    budget.onDataSent(PACKET, 0);
    assertThat(budget.mediaBitsPerSecond(500 * MS)).isEqualTo(900_000);
    assertThat(budget.mediaBitsPerSecond(2_000 * MS)).isEqualTo(1_000_000);
  }

  @Test
  void worksWithAClockBelowZero() {
    long start = Long.MIN_VALUE / 2 / MS;
    dataBytes(start, start + 3_000, 500);
    assertThat(dataBytes(start + 3_000, start + 5_000, 500)).isBetween(140_000, 160_000);
  }

  /** Bulk data from the start, video after 10 s, one queue, 50 ms each way. */
  private static final class Shared {
    final VirtualTime time = new VirtualTime();
    final MediaFlow video;
    final WindowFlow data;

    Shared(long bitsPerSecond, @Nullable PathBudget budget, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      BottleneckLink link = BottleneckLink.of(time, bitsPerSecond, random);
      BottleneckLink back = BottleneckLink.of(time, 100_000_000, random);
      video = new MediaFlow(time, link, back, 50, random).startAt(10);
      if (budget == null) {
        data = new WindowFlow(time, link, 50);
      } else {
        video.sharing(budget);
        data = new WindowFlow(time, link, 50, budget, video.bandwidth);
      }
      data.startAt(0, 10_000_000_000L);
    }

    Shared run() {
      time.runUntil(70 * VirtualTime.SECOND);
      return this;
    }

    String rates() {
      return video.record.bySecond(70) + "\n" + data.record.bySecond(70);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void videoKeepsAtLeastHalfOfFiveMegabitsBesideBulkData(long seed) {
    Shared shared = new Shared(5_000_000, new PathBudget(300_000), seed).run();
    double video = shared.video.record.megabits(15, 70);
    double data = shared.data.record.megabits(15, 70);
    String rates = "seed " + seed + "\n" + shared.rates();
    assertThat(shared.data.record.megabits(1, 10)).as(rates).isGreaterThan(4.8);
    assertThat(video).as(rates).isGreaterThan(2.5);
    assertThat(data).as(rates).isGreaterThan(0.35);
    assertThat(video + data).as(rates).isGreaterThan(0.85 * 5);
    assertThat(shared.video.record.queueMs(0.95, 15, 70)).as(rates).isLessThan(100);
  }

  @Test
  void withoutTheBudgetBulkDataTakesMost() {
    Shared shared = new Shared(5_000_000, null, 1).run();
    assertThat(shared.video.record.megabits(15, 70)).as(shared.rates()).isLessThan(1.5);
    assertThat(shared.video.record.queueMs(0.5, 15, 70)).as(shared.rates()).isGreaterThan(150);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void dataGetsMostOfTheRestOfTwentyMegabitsWithinTenSeconds(long seed) {
    Shared shared = new Shared(20_000_000, new PathBudget(300_000), seed);
    shared.video.encoderLimit(2_500_000).bandwidth.setWanted(20_000_000, 0);
    shared.run();
    String rates = "seed " + seed + "\n" + shared.rates();
    assertThat(shared.video.record.megabits(15, 70)).as(rates).isGreaterThan(2.4);
    // How near to 17 depends on how the first probes meet the bulk flow's own bursts.
    assertThat(shared.data.record.megabits(20, 70)).as(rates).isGreaterThan(11);
    assertThat(shared.video.record.queueMs(0.95, 15, 70)).as(rates).isLessThan(30);
  }
}
