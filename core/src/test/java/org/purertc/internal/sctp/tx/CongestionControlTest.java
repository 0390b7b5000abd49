package org.purertc.internal.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9260 section 7.2. */
class CongestionControlTest {
  private static final int PACKET = 1_000;
  private final CongestionControl congestion = new CongestionControl(PACKET);

  @Test
  void startsWithTenPacketsInSlowStart() {
    assertThat(congestion.windowBytes()).isEqualTo(10 * PACKET);
    assertThat(congestion.isSlowStart()).isTrue();
  }

  @Test
  void growsByWhatWasAcknowledgedInSlowStart() {
    congestion.onAcknowledged(2 * PACKET, 10 * PACKET);
    assertThat(congestion.windowBytes()).isEqualTo(12 * PACKET);
  }

  @Test
  void oneSackGrowsTheWindowByAFewPacketsAtMost() {
    congestion.onAcknowledged(10 * PACKET, 10 * PACKET);
    assertThat(congestion.windowBytes()).isEqualTo(18 * PACKET);
  }

  @Test
  void doesNotGrowWhileTheWindowIsNotUsed() {
    congestion.onAcknowledged(2 * PACKET, 5 * PACKET);
    assertThat(congestion.windowBytes()).isEqualTo(10 * PACKET);
  }

  @Test
  void halvesOnFastRetransmit() {
    congestion.onFastRetransmit();
    assertThat(congestion.windowBytes()).isEqualTo(5 * PACKET);
    assertThat(congestion.thresholdBytes()).isEqualTo(5 * PACKET);
    congestion.onFastRetransmit();
    assertThat(congestion.windowBytes()).isEqualTo(4 * PACKET);
  }

  @Test
  void fallsToOnePacketOnTimeout() {
    congestion.onTimeout();
    assertThat(congestion.windowBytes()).isEqualTo(PACKET);
    assertThat(congestion.thresholdBytes()).isEqualTo(5 * PACKET);
    assertThat(congestion.isSlowStart()).isTrue();
  }

  @Test
  void growsOnePacketAWindowInCongestionAvoidance() {
    congestion.onFastRetransmit();
    congestion.onAcknowledged(PACKET, 5 * PACKET); // still at the threshold: slow start
    assertThat(congestion.windowBytes()).isEqualTo(6 * PACKET);
    for (int i = 0; i < 5; i++) {
      congestion.onAcknowledged(PACKET, 6 * PACKET);
    }
    assertThat(congestion.windowBytes()).isEqualTo(6 * PACKET);
    congestion.onAcknowledged(PACKET, 6 * PACKET);
    assertThat(congestion.windowBytes()).isEqualTo(7 * PACKET);
  }

  @Test
  void anIdleWindowShrinksToTheInitialOne() {
    for (int i = 0; i < 20; i++) {
      congestion.onAcknowledged(8 * PACKET, congestion.windowBytes());
    }
    long large = congestion.windowBytes();
    congestion.onIdle(1);
    assertThat(congestion.windowBytes()).isEqualTo(large / 2);
    congestion.onIdle(Long.MAX_VALUE);
    assertThat(congestion.windowBytes()).isEqualTo(10 * PACKET);
  }
}
