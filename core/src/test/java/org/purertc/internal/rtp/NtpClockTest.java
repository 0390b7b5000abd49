package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NtpClockTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void countsFrom1900() {
    NtpClock clock = NtpClock.startingAt(0, 500_000_000, 77);
    assertThat(clock.at(77)).isEqualTo(2_208_988_800L << 32 | 0x80000000L);
    assertThat(clock.at(77 + SECOND_NS / 2)).isEqualTo(2_208_988_801L << 32);
    assertThat(clock.at(77 - SECOND_NS)).isEqualTo(2_208_988_799L << 32 | 0x80000000L);
  }

  @Test
  void goesOnThroughTheEndOfTheFirstEraIn2036() {
    NtpClock clock = new NtpClock(0xffff_ffffL << 32, 0);
    assertThat(clock.at(SECOND_NS)).isZero();
    assertThat(NtpClock.betweenNs(clock.at(0), clock.at(3 * SECOND_NS))).isEqualTo(3 * SECOND_NS);
  }

  @Test
  void cutsTheSendTimeTo24Bits() {
    // 64 s wrap: 65 s and a quarter are 1.25 s.
    assertThat(NtpClock.absoluteSendTime(65L << 32 | 0x40000000L)).isEqualTo((1 << 18) + (1 << 16));
  }

  @Test
  void convertsTheMiddleOfATimestamp() {
    assertThat(NtpClock.middle(0x12345678_9abcdef0L)).isEqualTo(0x56789abcL);
    assertThat(NtpClock.middleToNs(0x18000)).isEqualTo(SECOND_NS * 3 / 2);
    assertThat(NtpClock.nsToMiddle(SECOND_NS * 3 / 2)).isEqualTo(0x18000);
  }

  @Test
  void differencesHaveASign() {
    long later = 10L << 32 | 0x80000000L;
    assertThat(NtpClock.betweenNs(10L << 32, later)).isEqualTo(SECOND_NS / 2);
    assertThat(NtpClock.betweenNs(later, 10L << 32)).isEqualTo(-SECOND_NS / 2);
  }
}
