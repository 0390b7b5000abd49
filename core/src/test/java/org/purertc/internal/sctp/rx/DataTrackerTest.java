package org.purertc.internal.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.sctp.packet.SackChunk;
import org.purertc.internal.util.Timer;

class DataTrackerTest {
  private static final long MS = 1_000_000L;
  private static final int ROOM = 1200;

  private final DataTracker tracker = new DataTracker(10);

  @Test
  void acknowledgesEverySecondPacket() {
    packet(0, 10);
    assertThat(tracker.isSackDue()).isFalse();
    assertThat(tracker.isSackPending()).isTrue();
    packet(0, 11);
    assertThat(tracker.isSackDue()).isTrue();
    SackChunk sack = tracker.buildSack(1000, ROOM);
    assertThat(sack.cumulativeTsnAck()).isEqualTo(11);
    assertThat(sack.receiveWindowBytes()).isEqualTo(1000);
    assertThat(sack.gapCount()).isZero();
    assertThat(tracker.isSackPending()).isFalse();
  }

  @Test
  void chunksOfOnePacketCountOnce() {
    packet(0, 10, 11, 12);
    assertThat(tracker.isSackDue()).isFalse();
  }

  @Test
  void acknowledgesAfter200Milliseconds() {
    packet(5 * MS, 10);
    assertThat(tracker.nextDeadlineNs()).isEqualTo(205 * MS);
    tracker.onDeadline(204 * MS);
    assertThat(tracker.isSackDue()).isFalse();
    tracker.onDeadline(205 * MS);
    assertThat(tracker.isSackDue()).isTrue();
    tracker.buildSack(0, ROOM);
    assertThat(tracker.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void acknowledgesAHoleAtOnce() {
    packet(0, 11);
    assertThat(tracker.isSackDue()).isTrue();
    SackChunk sack = tracker.buildSack(0, ROOM);
    assertThat(sack.cumulativeTsnAck()).isEqualTo(9);
    assertThat(sack.gapOffsets()).containsExactly(2, 2);
  }

  @Test
  void acknowledgesAFilledHoleAtOnce() {
    packet(0, 11);
    tracker.buildSack(0, ROOM);
    packet(0, 10);
    assertThat(tracker.isSackDue()).isTrue();
    assertThat(tracker.buildSack(0, ROOM).cumulativeTsnAck()).isEqualTo(11);
  }

  @Test
  void reportsADuplicateAtOnceAndOnlyOnce() {
    packet(0, 10);
    tracker.buildSack(0, ROOM);
    packet(0, 10);
    assertThat(tracker.isSackDue()).isTrue();
    assertThat(tracker.buildSack(0, ROOM).duplicateTsns()).containsExactly(10);
    assertThat(tracker.buildSack(0, ROOM).duplicateTsns()).isEmpty();
  }

  @Test
  void packetWithoutDataAsksForNothing() {
    packet(0);
    assertThat(tracker.isSackPending()).isFalse();
    assertThat(tracker.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void countsOnAcrossTheWrap() {
    DataTracker late = new DataTracker(0xffff_ffffL);
    assertThat(late.observe(late.unwrap(0xffff_ffffL))).isTrue();
    assertThat(late.observe(late.unwrap(0))).isTrue();
    assertThat(late.observe(late.unwrap(2))).isTrue();
    SackChunk sack = late.buildSack(0, ROOM);
    assertThat(sack.cumulativeTsnAck()).isZero();
    assertThat(sack.gapOffsets()).containsExactly(2, 2);
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    packet(0, 12, 14, 16, 12);
    assertThat(tracker.buildSack(0, SackChunk.FIXED_BYTES + 8).gapOffsets())
        .containsExactly(3, 3, 5, 5);
    packet(0, 12);
    SackChunk all = tracker.buildSack(0, SackChunk.FIXED_BYTES + 4 * SackChunk.ENTRY_BYTES);
    assertThat(all.gapCount()).isEqualTo(3);
    assertThat(all.duplicateTsns()).containsExactly(12);
  }

  @Test
  void doesNotTakeWhatASackCannotReport() {
    assertThat(tracker.observe(9 + 65_536)).isFalse();
    assertThat(tracker.observe(9 + 65_535)).isTrue();
  }

  @Test
  void keepsABoundedNumberOfHoles() {
    int kept = 0;
    for (long tsn = 11; tsn < 20_000; tsn += 2) {
      kept += tracker.observe(tsn) ? 1 : 0;
    }
    assertThat(kept).isEqualTo(2048);
    assertThat(tracker.observe(12)).as("closing a hole needs no room").isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void agreesWithASetOfNumbers(long seed) {
    Random random = new Random(seed);
    long initial = random.nextLong(1L << 32);
    DataTracker tracked = new DataTracker(initial);
    TreeSet<Long> above = new TreeSet<>();
    long cumulative = initial - 1;
    for (int i = 0; i < 5000; i++) {
      long tsn = cumulative - 3 + random.nextInt(60);
      int what = random.nextInt(40);
      if (what == 0) {
        tracked.advanceTo(tsn);
        cumulative = Math.max(cumulative, tsn);
        above.headSet(cumulative, true).clear();
      } else if (what == 1) {
        long last = tsn + random.nextInt(5);
        tracked.forget(tsn, last);
        above.removeIf(kept -> kept >= tsn && kept <= last);
      } else {
        boolean isNew = tsn > cumulative && above.add(tsn);
        assertThat(tracked.observe(tsn)).as("seed %d, step %d", seed, i).isEqualTo(isNew);
      }
      while (above.remove(cumulative + 1)) {
        cumulative++;
      }
      SackChunk sack = tracked.buildSack(0, 10_000);
      assertThat(tracked.cumulativeTsn()).as("seed %d, step %d", seed, i).isEqualTo(cumulative);
      assertThat(reported(sack, cumulative))
          .as("seed %d, step %d", seed, i)
          .containsExactlyElementsOf(above);
    }
  }

  private static List<Long> reported(SackChunk sack, long cumulative) {
    List<Long> tsns = new ArrayList<>();
    long previous = cumulative;
    for (int i = 0; i < sack.gapCount(); i++) {
      assertThat(cumulative + sack.gapStart(i)).isGreaterThan(previous + 1);
      previous = cumulative + sack.gapEnd(i);
      for (long tsn = cumulative + sack.gapStart(i); tsn <= previous; tsn++) {
        tsns.add(tsn);
      }
    }
    return tsns;
  }

  private void packet(long nowNs, long... tsns) {
    for (long tsn : tsns) {
      tracker.observe(tsn);
    }
    tracker.onPacketEnd(nowNs);
  }
}
