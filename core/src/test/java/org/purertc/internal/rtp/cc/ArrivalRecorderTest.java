package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.TransportFeedback;
import org.purertc.internal.util.Timer;

class ArrivalRecorderTest {
  private static final long MS = 1_000_000L;

  private final ArrivalRecorder recorder = new ArrivalRecorder(1);

  private void arrive(int sequence, long atMs) {
    recorder.onPacket(2, sequence, atMs * MS);
  }

  private List<TransportFeedback> due() {
    recorder.onDeadline(recorder.nextDeadlineNs());
    List<TransportFeedback> all = new ArrayList<>();
    for (TransportFeedback next = recorder.poll(); next != null; next = recorder.poll()) {
      all.add(next);
    }
    return all;
  }

  private static List<Integer> arrived(TransportFeedback feedback) {
    List<Integer> sequences = new ArrayList<>();
    for (int offset : feedback.offsets()) {
      sequences.add(feedback.baseSequence() + offset & 0xffff);
    }
    return sequences;
  }

  @Test
  void tellsArrivalsAndTimesAHundredMillisecondsAfterTheFirst() {
    arrive(10, 1000);
    arrive(11, 1003);
    arrive(13, 1020);
    assertThat(recorder.nextDeadlineNs()).isEqualTo(1100 * MS);
    TransportFeedback feedback = due().get(0);
    assertThat(arrived(feedback)).containsExactly(10, 11, 13);
    assertThat(feedback.statusCount()).isEqualTo(4);
    assertThat(feedback.referenceTime()).isEqualTo(15);
    assertThat(feedback.deltas()).containsExactly(160, 12, 68);
    assertThat(feedback.senderSsrc()).isEqualTo(1);
    assertThat(feedback.mediaSsrc()).isEqualTo(2);
  }

  @Test
  void needsNoTimerWithoutTraffic() {
    assertThat(recorder.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    arrive(1, 0);
    due();
    assertThat(recorder.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void givesNothingBeforeItIsDue() {
    arrive(1, 0);
    recorder.onDeadline(99 * MS);
    assertThat(recorder.poll()).isNull();
  }

  @Test
  void intervalFollowsTheBandwidth() {
    recorder.onSendBandwidth(10_000);
    arrive(1, 0);
    assertThat(recorder.nextDeadlineNs()).isEqualTo(250 * MS);
    due();
    recorder.onSendBandwidth(10_000_000);
    arrive(2, 1000);
    assertThat(recorder.nextDeadlineNs()).isEqualTo(1050 * MS);
  }

  @Test
  void lossBetweenTwoFeedbacksIsTold() {
    arrive(1, 0);
    due();
    arrive(4, 200);
    TransportFeedback second = due().get(0);
    assertThat(second.baseSequence()).isEqualTo(2);
    assertThat(arrived(second)).containsExactly(4);
    assertThat(second.feedbackCount()).isEqualTo(1);
  }

  @Test
  void latePacketIsToldAloneAndNothingElseIsCalledLost() {
    arrive(1, 0);
    arrive(2, 0);
    arrive(5, 0);
    due();
    arrive(3, 150);
    arrive(6, 160);
    List<TransportFeedback> both = due();
    assertThat(both).hasSize(2);
    assertThat(both.get(0).baseSequence()).isEqualTo(3);
    assertThat(both.get(0).statusCount()).isEqualTo(1);
    assertThat(both.get(1).baseSequence()).isEqualTo(6);
    assertThat(both.get(1).statusCount()).isEqualTo(1);
  }

  @Test
  void reorderedPacketsOfOneIntervalGetNegativeDeltas() {
    arrive(1, 0);
    arrive(3, 64);
    arrive(2, 70);
    TransportFeedback feedback = due().get(0);
    assertThat(arrived(feedback)).containsExactly(1, 2, 3);
    assertThat(feedback.deltas()).containsExactly(0, 280, -24);
  }

  @Test
  void duplicatesCountOnce() {
    arrive(1, 0);
    arrive(1, 5);
    assertThat(arrived(due().get(0))).containsExactly(1);
  }

  @Test
  void numbersWrap() {
    arrive(0xffff, 0);
    arrive(0, 1);
    assertThat(arrived(due().get(0))).containsExactly(0xffff, 0);
    arrive(1, 100);
    assertThat(due().get(0).baseSequence()).isEqualTo(1);
  }

  @Test
  void arrivalBeforeZeroOfTheClockIsTold() {
    arrive(1, -1000);
    TransportFeedback feedback = due().get(0);
    assertThat(feedback.referenceTime()).isEqualTo(-16);
    assertThat(feedback.deltas()).containsExactly(96);
  }

  @Test
  void splitsWhatASingleFeedbackCannotHold() {
    for (int i = 0; i < 1000; i++) {
      recorder.onPacket(2, 3 * i, i * MS / 20);
    }
    List<TransportFeedback> all = due();
    assertThat(all.stream().mapToInt(f -> f.offsets().length).sum()).isEqualTo(1000);
    assertThat(all).allSatisfy(f -> assertThat(f.bytes()).isLessThanOrEqualTo(1200));
    assertThat(all.get(1).baseSequence())
        .isEqualTo(all.get(0).baseSequence() + all.get(0).statusCount());
  }

  @Test
  void everyFeedbackFitsADatagramHoweverThePacketsAreSpread() {
    for (int gap : new int[] {1, 2, 8, 15, 16, 80}) {
      ArrivalRecorder spread = new ArrivalRecorder(1);
      for (int i = 0; i < 180; i++) {
        spread.onPacket(2, gap * i & 0xffff, (i % 2 == 0 ? i : 200 + i) * MS);
      }
      spread.onDeadline(spread.nextDeadlineNs());
      TransportFeedback feedback = spread.poll();
      assertThat(feedback).isNotNull();
      assertThat(feedback.bytes()).as("gap %d", gap).isLessThanOrEqualTo(1200);
    }
  }

  @Test
  void aPauseTooLongForADeltaBeginsAnotherFeedback() {
    arrive(1, 0);
    arrive(2, 9_000);
    List<TransportFeedback> all = due();
    assertThat(all).hasSize(2);
    assertThat(all.get(1).referenceTime()).isEqualTo(9_000 / 64);
  }

  @Test
  void aFloodIsBounded() {
    for (int i = 0; i < 100_000; i++) {
      recorder.onPacket(2, i & 0xffff, MS);
    }
    int told = due().stream().mapToInt(f -> f.offsets().length).sum();
    assertThat(told).isEqualTo(ArrivalRecorder.MAX_WAITING);
  }

  @Test
  void jumpsThatAddUpToMoreThanOneFeedbackHoldsAreSplit() {
    for (int i = 0; i < 20; i++) {
      arrive(i * 0x4000 & 0xffff, i);
    }
    List<TransportFeedback> all = due();
    assertThat(all.stream().mapToInt(f -> f.offsets().length).sum()).isEqualTo(20);
    assertThat(all).hasSizeGreaterThan(4);
  }

  @Test
  void aSenderThatJumpsBeginsAnew() {
    arrive(1, 0);
    arrive(40_000, 1);
    TransportFeedback feedback = due().get(0);
    assertThat(feedback.baseSequence()).isEqualTo(40_000);
    assertThat(feedback.statusCount()).isEqualTo(1);
  }
}
