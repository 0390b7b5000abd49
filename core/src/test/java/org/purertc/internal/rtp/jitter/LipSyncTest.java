package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.jitter.LipSync.StreamTime;

class LipSyncTest {
  private static final long MS = 1_000_000;

  /** 2026-01-01 in seconds since 1900, and a half. */
  private static final long NTP = 3_976_214_400L << 32 | 0x8000_0000L;

  private final LipSync sync = new LipSync();

  @Test
  void relativeDelayIsTheDifferenceOfTransit() {
    // Sound of second 1 came at 1,050 ms, the picture of second 2 at 2,130 ms.
    StreamTime audio = new StreamTime(NTP, 0xffff_ff00L, 48_000, 0xffff_ff00L + 48_000, 1_050 * MS);
    StreamTime video = new StreamTime(NTP + (1L << 32), 500, 90_000, 90_500, 2_130 * MS);
    assertThat(LipSync.relativeDelayNs(audio, video)).isEqualTo(80 * MS);
    assertThat(LipSync.relativeDelayNs(video, audio)).isEqualTo(-80 * MS);
  }

  @Test
  void fractionsOfNtpSecondsCount() {
    StreamTime audio = new StreamTime(NTP, 0, 48_000, 0, 0);
    StreamTime video = new StreamTime(NTP - (1L << 31), 0, 90_000, 45_000, 20 * MS);
    assertThat(LipSync.relativeDelayNs(audio, video)).isEqualTo(20 * MS);
  }

  @Test
  void soundIsHeldBackUntilThePictureIsThere() {
    for (int second = 0; second < 40; second++) {
      step(300, sync.audioExtraNs(), sync.videoExtraNs());
    }
    assertThat(sync.audioExtraNs()).isBetween(180 * MS, 420 * MS);
    assertThat(Math.abs(300 * MS - sync.audioExtraNs())).isLessThan(120 * MS);
    assertThat(sync.videoExtraNs()).isZero();
  }

  @Test
  void thePictureIsHeldBackWhenSoundIsSlower() {
    for (int second = 0; second < 40; second++) {
      step(-300, sync.audioExtraNs(), sync.videoExtraNs());
    }
    assertThat(Math.abs(300 * MS - sync.videoExtraNs())).isLessThan(120 * MS);
    assertThat(sync.audioExtraNs()).isZero();
  }

  @Test
  void aStepIsAtMostEightyMilliseconds() {
    long before = 0;
    for (int second = 0; second < 100; second++) {
      step(5_000, sync.audioExtraNs(), 0);
      assertThat(sync.audioExtraNs() - before).isBetween(0L, 80 * MS);
      before = sync.audioExtraNs();
    }
    assertThat(before).isGreaterThan(4_000 * MS);
  }

  @Test
  void whatIsNotNoticedIsLeftAlone() {
    for (int second = 0; second < 100; second++) {
      assertThat(step(29, 0, 0)).isFalse();
    }
  }

  @Test
  void anUnbelievableDifferenceIsLeftAlone() {
    assertThat(step(10_001, 0, 0)).isFalse();
  }

  @Test
  void noStreamIsHeldBackForMoreThanTenSeconds() {
    for (int second = 0; second < 500; second++) {
      step(9_999, 0, 0);
    }
    assertThat(sync.audioExtraNs()).isEqualTo(10_000 * MS);
  }

  @Test
  void theHoldOfOneStreamEndsBeforeTheOtherIsHeld() {
    for (int second = 0; second < 4; second++) {
      step(1_000, sync.audioExtraNs(), 0);
    }
    long held = sync.audioExtraNs();
    step(-1_000, sync.audioExtraNs(), 0);
    assertThat(sync.audioExtraNs()).isLessThan(held);
    assertThat(sync.videoExtraNs()).isZero();
  }

  private boolean step(long relativeMs, long audioDelayNs, long videoDelayNs) {
    StreamTime audio = new StreamTime(NTP, 0, 48_000, 48_000, 0);
    StreamTime video = new StreamTime(NTP, 0, 90_000, 90_000, relativeMs * MS);
    return sync.update(audio, video, audioDelayNs, videoDelayNs);
  }
}
