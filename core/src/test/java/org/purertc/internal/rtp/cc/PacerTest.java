package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.cc.Pacer.Priority;
import org.purertc.internal.util.Timer;

class PacerTest {
  private static final long MS = 1_000_000L;
  private static final int BYTES = 1000;

  /** 8 Mbit/s: a packet of 1,000 bytes each millisecond. */
  private static final long RATE = 8_000_000;

  private final List<String> dropped = new ArrayList<>();
  private final Pacer<String> pacer = new Pacer<>(RATE, 10_000_000, dropped::add);

  private void video(int count, long nowMs) {
    for (int i = 0; i < count; i++) {
      assertThat(pacer.enqueue("video", Priority.VIDEO, BYTES, nowMs * MS)).isTrue();
    }
  }

  /** Sends what is due at each of the deadlines until then; returns how many packets left. */
  private int sendUntil(long untilMs) {
    int sent = 0;
    for (long now = pacer.nextDeadlineNs(); now <= untilMs * MS; now = pacer.nextDeadlineNs()) {
      long tick = (now + MS - 1) / MS * MS;
      while (pacer.poll(tick) != null) {
        sent++;
      }
      if (pacer.nextDeadlineNs() <= tick) {
        break;
      }
    }
    return sent;
  }

  @Test
  void spreadsAFrameOverItsTime() {
    video(100, 0);
    assertThat(sendUntil(9)).isBetween(10, 12);
    assertThat(sendUntil(49)).isBetween(39, 41);
    assertThat(sendUntil(200)).isBetween(47, 51);
    assertThat(pacer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void audioLeavesAtOnceHoweverMuchVideoOwes() {
    video(20, 0);
    sendUntil(0);
    pacer.enqueue("audio", Priority.AUDIO, 100, 0);
    assertThat(pacer.nextDeadlineNs()).isEqualTo(0);
    assertThat(pacer.poll(0)).isEqualTo("audio");
    assertThat(pacer.poll(0)).isNull();
  }

  @Test
  void audioTakesItsShareOfTheRate() {
    video(200, 0);
    int video = 0;
    for (int ms = 0; ms < 100; ms++) {
      pacer.enqueue("audio", Priority.AUDIO, BYTES / 2, ms * MS);
      for (String next = pacer.poll(ms * MS); next != null; next = pacer.poll(ms * MS)) {
        video += next.equals("video") ? 1 : 0;
      }
    }
    assertThat(video).isBetween(48, 53);
  }

  @Test
  void packetsLeaveByPriority() {
    pacer.enqueue("padding", Priority.PADDING, 1, 0);
    pacer.enqueue("video", Priority.VIDEO, 1, 0);
    pacer.enqueue("retransmission", Priority.RETRANSMISSION, 1, 0);
    pacer.enqueue("audio", Priority.AUDIO, 1, 0);
    List<String> order = new ArrayList<>();
    for (String next = pacer.poll(0); next != null; next = pacer.poll(0)) {
      order.add(next);
    }
    assertThat(order).containsExactly("audio", "retransmission", "video", "padding");
  }

  @Test
  void aLateTimerMakesUpForItselfButNotForMoreThanTenMilliseconds() {
    video(300, 0);
    sendUntil(0);
    int sent = 0;
    while (pacer.poll(100 * MS) != null) {
      sent++;
    }
    assertThat(sent).isBetween(10, 12);
  }

  @Test
  void idleTimeEarnsNothing() {
    pacer.poll(0);
    video(10, 1000);
    int sent = 0;
    while (pacer.poll(1000 * MS) != null) {
      sent++;
    }
    assertThat(sent).isLessThanOrEqualTo(2);
  }

  @Test
  void aQueueOfMoreThanTwoSecondsRaisesTheRate() {
    video(8_000, 0);
    sendUntil(2_500);
    assertThat(pacer.queuedBytes()).isZero();
  }

  @Test
  void aQueueBelowTheLimitKeepsTheRate() {
    video(1_000, 0);
    assertThat(sendUntil(500)).isBetween(499, 504);
  }

  @Test
  void refusesMoreThanTheBound() {
    Pacer<String> small = new Pacer<>(RATE, 2_500, dropped::add);
    assertThat(small.enqueue("a", Priority.VIDEO, BYTES, 0)).isTrue();
    assertThat(small.enqueue("b", Priority.AUDIO, BYTES, 0)).isTrue();
    assertThat(small.enqueue("c", Priority.AUDIO, BYTES, 0)).isFalse();
    assertThat(small.queuedBytes()).isEqualTo(2_000);
    small.poll(0);
    assertThat(small.enqueue("d", Priority.AUDIO, BYTES, 0)).isTrue();
  }

  @Test
  void stopDropsWhatWaitsAndRefusesTheRest() {
    video(3, 0);
    pacer.stop();
    assertThat(dropped).hasSize(3);
    assertThat(pacer.enqueue("late", Priority.AUDIO, 1, 0)).isFalse();
    assertThat(pacer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(pacer.queuedBytes()).isZero();
  }

  @Test
  void aProbeSendsAtItsOwnRateAndNamesItsPackets() {
    pacer.probe(ProbeCluster.of(7, 5 * RATE), 0);
    video(200, 0);
    int probed = 0;
    int ms = 0;
    for (; ms < 20; ms++) {
      while (pacer.poll(ms * MS) != null) {
        probed += pacer.probeClusterId() == 7 ? 1 : 0;
      }
    }
    assertThat(probed).isEqualTo(75);
    assertThat(pacer.probeClusterId()).isEqualTo(ProbeCluster.NONE);
  }

  @Test
  void aProbeAsksForPaddingWhenMediaRunsOut() {
    pacer.probe(ProbeCluster.of(1, RATE), 0);
    assertThat(pacer.paddingBytes(0)).as("before any media").isZero();
    video(1, 0);
    assertThat(pacer.poll(0)).isEqualTo("video");
    int sent = BYTES;
    for (int ms = 0; ms < 30; ms++) {
      int padding = pacer.paddingBytes(ms * MS);
      if (padding > 0) {
        pacer.enqueue("padding", Priority.PADDING, padding, ms * MS);
        assertThat(pacer.poll(ms * MS)).isEqualTo("padding");
        assertThat(pacer.probeClusterId()).isEqualTo(1);
        sent += padding;
      }
    }
    assertThat(sent).isBetween(15_000, 17_000);
  }

  @Test
  void aProbeThatGetsNoPaddingEnds() {
    pacer.probe(ProbeCluster.of(1, RATE), 0);
    video(1, 0);
    pacer.poll(0);
    assertThat(pacer.paddingBytes(100 * MS)).isPositive();
    assertThat(pacer.paddingBytes(300 * MS)).isZero();
    assertThat(pacer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }

  @Test
  void refusesARateOfNothing() {
    assertThatThrownBy(() -> pacer.setRate(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
