package org.purertc.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void keepsTheAverageOverTenSeconds() {
    RateLimit limit = RateLimit.of(1_000_000);
    long nowNs = 5;
    long bytes = 0;
    while (nowNs < 10 * SECOND_NS) {
      long readyNs = limit.readyNs(nowNs);
      if (readyNs <= nowNs) {
        limit.take(32_768);
        bytes += 32_768;
      }
      nowNs = Math.max(nowNs, readyNs);
    }
    assertThat(bytes).isBetween(10_000_000L, 10_200_000L);
  }

  @Test
  void aPauseIsNotMadeUpFor() {
    RateLimit limit = RateLimit.of(1_000_000);
    limit.readyNs(0);
    long bytes = 0;
    while (limit.readyNs(3_600 * SECOND_NS) == 3_600 * SECOND_NS) {
      limit.take(1_000);
      bytes += 1_000;
    }
    assertThat(bytes).isEqualTo(100_000);
  }

  @Test
  void twoSendersShareIt() {
    RateLimit limit = RateLimit.of(1_000_000);
    limit.readyNs(0);
    limit.take(600_000);
    assertThat(limit.readyNs(0)).isBetween(SECOND_NS / 2, SECOND_NS / 2 + 10);
  }

  @Test
  void withoutALimitThereIsNoWait() {
    RateLimit limit = RateLimit.unlimited();
    limit.take(Long.MAX_VALUE);
    assertThat(limit.readyNs(7)).isEqualTo(7);
  }

  @Test
  void nothingIsNoLimit() {
    assertThatThrownBy(() -> RateLimit.of(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
