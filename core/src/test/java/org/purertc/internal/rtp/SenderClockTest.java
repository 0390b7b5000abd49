package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.rtcp.SenderReport;

class SenderClockTest {
  private static final long NTP = 5L << 32;

  private static SenderClock clock(long rtpTimestamp) {
    SenderClock clock = new SenderClock();
    clock.onReport(new SenderReport(1, NTP, rtpTimestamp, 0, 0, List.of()), 0);
    return clock;
  }

  @Test
  void mapsTimestampsBeforeAndAfterTheReport() {
    SenderClock clock = clock(90_000);
    assertThat(clock.ntpAt(90_000, 90_000)).isEqualTo(NTP);
    assertThat(clock.ntpAt(90_000 + 45_000, 90_000)).isEqualTo(NTP + 0x8000_0000L);
    assertThat(clock.ntpAt(0, 90_000)).isEqualTo(NTP - (1L << 32));
  }

  @Test
  void mapsOverTheWrapOfTimestamps() {
    SenderClock clock = clock(0xffff_ffffL - 44_999);
    assertThat(clock.ntpAt(45_000, 90_000)).isEqualTo(NTP + (1L << 32));
    assertThat(clock.ntpAt((1L << 32) + 45_000, 90_000)).isEqualTo(NTP + (1L << 32));
  }

  @Test
  void knowsNothingBeforeAReport() {
    SenderClock clock = new SenderClock();
    assertThat(clock.isKnown()).isFalse();
    assertThat(clock.lastReport()).isZero();
    assertThat(clock.delaySinceLastReport(1_000_000_000L)).isZero();
  }
}
