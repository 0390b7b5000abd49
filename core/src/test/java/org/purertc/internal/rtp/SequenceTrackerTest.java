package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.SequenceTracker.Arrival;

class SequenceTrackerTest {
  private final SequenceTracker tracker = new SequenceTracker();

  private void assertArrival(int sequence, Arrival arrival, long offsetFromFirst) {
    long first = tracker.isStarted() ? tracker.first() : -1;
    assertThat(tracker.offer(sequence)).as("%d", sequence).isEqualTo(arrival);
    long base = first < 0 ? tracker.first() : first;
    assertThat(tracker.unwrapped() - base).as("%d", sequence).isEqualTo(offsetFromFirst);
  }

  @Test
  void followsTheNumbersOverTheirWrap() {
    assertArrival(65_534, Arrival.IN_ORDER, 0);
    assertArrival(65_535, Arrival.IN_ORDER, 1);
    assertArrival(1, Arrival.IN_ORDER, 3);
    assertArrival(0, Arrival.LATE, 2);
    assertThat(tracker.extendedHighest()).isEqualTo(65_537);
  }

  @Test
  void aPacketFromBeforeAFirstOneNumberedZeroIsLate() {
    assertArrival(0, Arrival.IN_ORDER, 0);
    assertArrival(65_535, Arrival.LATE, -1);
    assertArrival(1, Arrival.IN_ORDER, 1);
    assertThat(tracker.unwrapped()).isPositive();
    assertThat(tracker.extendedHighest()).isEqualTo(1);
  }

  @Test
  void countsManyCycles() {
    for (long sequence = 65_000; sequence < 65_000 + 5 * 65_536L; sequence += 1_000) {
      tracker.offer((int) (sequence & 0xffff));
    }
    assertThat(tracker.extendedHighest()).isEqualTo(65_000 + 327 * 1_000L);
  }

  @Test
  void recognizesDuplicates() {
    assertArrival(7, Arrival.IN_ORDER, 0);
    assertArrival(7, Arrival.DUPLICATE, 0);
    assertArrival(9, Arrival.IN_ORDER, 2);
    assertArrival(8, Arrival.LATE, 1);
    assertArrival(8, Arrival.DUPLICATE, 1);
    assertArrival(9, Arrival.DUPLICATE, 2);
  }

  @Test
  void aGapLeavesNoTraceOfAnOlderCycleOfTheWindow() {
    for (int sequence = 0; sequence < SequenceTracker.WINDOW; sequence++) {
      tracker.offer(sequence);
    }
    tracker.offer(SequenceTracker.WINDOW + 10);
    assertArrival(SequenceTracker.WINDOW + 3, Arrival.LATE, SequenceTracker.WINDOW + 3);
    tracker.offer(SequenceTracker.WINDOW + 10 + 2_500);
    assertThat(tracker.offer(SequenceTracker.WINDOW + 2_000)).isEqualTo(Arrival.LATE);
  }

  @Test
  void aFarNumberIsDroppedUnlessTheNextPacketFollowsIt() {
    // RFC 3550 appendix A.1: two in sequence, and the other end has begun anew.
    assertArrival(100, Arrival.IN_ORDER, 0);
    assertThat(tracker.offer(30_000)).isEqualTo(Arrival.FAR);
    assertArrival(101, Arrival.IN_ORDER, 1);
    assertThat(tracker.offer(30_001)).isEqualTo(Arrival.FAR);
    long before = tracker.highest();
    assertThat(tracker.offer(30_002)).isEqualTo(Arrival.RESTART);
    assertThat(tracker.highest()).isGreaterThan(before);
    assertThat(tracker.unwrapped() & 0xffff).isEqualTo(30_002);
    assertThat(tracker.first()).isEqualTo(tracker.highest());
  }

  @Test
  void aRestartWithALowerNumberGoesUpAllTheSame() {
    assertArrival(50_000, Arrival.IN_ORDER, 0);
    long before = tracker.highest();
    assertThat(tracker.offer(10)).isEqualTo(Arrival.FAR);
    assertThat(tracker.offer(11)).isEqualTo(Arrival.RESTART);
    assertThat(tracker.highest()).isEqualTo(before + 65_536 - 50_000 + 11);
    assertThat(tracker.extendedHighest()).isEqualTo(11);
  }

  @Test
  void aRetransmissionFillsAGapOnce() {
    assertThat(tracker.offerRecovered(5)).isEqualTo(Arrival.FAR);
    tracker.offer(10);
    tracker.offer(13);
    assertThat(tracker.offerRecovered(11)).isEqualTo(Arrival.LATE);
    assertThat(tracker.unwrapped()).isEqualTo(tracker.highest() - 2);
    assertThat(tracker.offerRecovered(11)).isEqualTo(Arrival.DUPLICATE);
    assertThat(tracker.offerRecovered(13)).isEqualTo(Arrival.DUPLICATE);
    assertThat(tracker.offer(11)).isEqualTo(Arrival.DUPLICATE);
  }

  @Test
  void aRetransmissionMayBeALittleAhead() {
    tracker.offer(65_535);
    assertThat(tracker.offerRecovered(1)).isEqualTo(Arrival.IN_ORDER);
    assertThat(tracker.highest() - tracker.first()).isEqualTo(2);
    assertThat(tracker.offer(1)).isEqualTo(Arrival.DUPLICATE);
    assertThat(tracker.offer(0)).isEqualTo(Arrival.LATE);
    assertThat(tracker.offerRecovered(500)).isEqualTo(Arrival.FAR);
    assertThat(tracker.offerRecovered(40_000)).isEqualTo(Arrival.FAR);
  }
}
