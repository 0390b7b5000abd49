package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that break every rule. */
class AudioBoundsTest implements AudioListener {
  private long lastSequence = Long.MIN_VALUE;
  private long events;

  @Override
  public void onFrame(AudioFrame frame, long nowNs) {
    lastSequence = frame.sequence();
    events++;
  }

  @Override
  public void onGap(AudioGap gap, long nowNs) {
    assertThat(gap.durationTicks()).isNotNegative();
    assertThat(gap.packets()).isPositive();
    events++;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyPacketsAreTakenWithinBounds(long seed) {
    Random random = new Random(seed);
    FrameDuration duration = (payloadType, payload) -> random.nextInt(3) * random.nextInt(3_000);
    var playing = new AudioJitterBuffer(48_000, duration, this);
    var forwarding = new AudioReorderBuffer(48_000, duration, 30_000_000, this);
    long nowNs = 0;
    long sequence = 0;
    long timestamp = 0;
    for (int i = 0; i < 20_000; i++) {
      nowNs += random.nextInt(20) == 0 ? random.nextLong(2_000_000_000) : random.nextInt(9_000_000);
      while (playing.nextDeadlineNs() <= nowNs) {
        long dueNs = playing.nextDeadlineNs();
        playing.onDeadline(nowNs);
        assertThat(playing.nextDeadlineNs()).as("seed " + seed).isGreaterThan(dueNs);
      }
      if (forwarding.nextDeadlineNs() <= nowNs) {
        forwarding.onDeadline(nowNs);
      }
      sequence += random.nextInt(10) == 0 ? random.nextInt(70_000) - 35_000 : random.nextInt(4) - 1;
      timestamp += random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(2_000) - 500;
      byte[] payload = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(30_000)];
      var packet = new BufferedPacket(sequence, timestamp, false, 111, payload, nowNs);
      playing.insert(packet, nowNs);
      forwarding.insert(packet, nowNs);
      assertThat(playing.waitingPackets()).as("seed " + seed).isLessThanOrEqualTo(500);
      assertThat(playing.waitingBytes()).as("seed " + seed).isLessThanOrEqualTo(1 << 20);
    }
    assertThat(events).as("seed " + seed).isPositive();
    assertThat(lastSequence).as("seed " + seed).isGreaterThan(Long.MIN_VALUE);
  }
}
