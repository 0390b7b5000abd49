package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TargetDelayTest {
  private static final long MS = 1_000_000;

  private final TargetDelay target = new TargetDelay(750 * MS);
  private long nowNs;

  @Test
  void isEightyMillisecondsUntilHalfASecondWasSeen() {
    packets(25, 0, false);
    assertThat(target.targetNs()).isEqualTo(80 * MS);
    packets(3, 0, false);
    assertThat(target.targetNs()).isEqualTo(20 * MS);
  }

  @Test
  void isTheEndOfTheQuantilesBucket() {
    packets(1_000, 65, false);
    assertThat(target.targetNs()).isEqualTo(80 * MS);
  }

  @Test
  void aBurstCountsOnce() {
    for (int i = 0; i < 60; i++) {
      packets(30, 5, false);
    }
    packets(10, 300, false);
    packets(60, 5, false);
    assertThat(target.targetNs()).isEqualTo(20 * MS);
  }

  @Test
  void rareReorderIsNotWorthTheWait() {
    for (int i = 0; i < 30; i++) {
      packets(1_000, 5, false);
      packets(1, 150, true);
    }
    assertThat(target.targetNs()).isEqualTo(20 * MS);
  }

  @Test
  void frequentReorderIs() {
    for (int i = 0; i < 300; i++) {
      packets(9, 5, false);
      packets(1, 150, true);
    }
    assertThat(target.targetNs()).isEqualTo(160 * MS);
  }

  @Test
  void keepsWithinTheProgramsLimitsAndTheBuffers() {
    packets(1_000, 90, false);
    target.setLimits(0, 50 * MS);
    assertThat(target.targetNs()).isEqualTo(50 * MS);
    target.setLimits(200 * MS, 400 * MS);
    assertThat(target.targetNs()).isEqualTo(200 * MS);
    target.setLimits(2_000 * MS, 4_000 * MS);
    assertThat(target.targetNs()).isEqualTo(750 * MS);
    assertThat(target.networkNs()).isEqualTo(100 * MS);
  }

  @Test
  void refusesLimitsThatContradict() {
    assertThatIllegalArgumentException().isThrownBy(() -> target.setLimits(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> target.setLimits(-1, 1));
  }

  private void packets(int count, long lateMs, boolean reordered) {
    for (int i = 0; i < count; i++) {
      target.onPacket(lateMs * MS, reordered, nowNs);
      nowNs += 20 * MS;
    }
  }
}
