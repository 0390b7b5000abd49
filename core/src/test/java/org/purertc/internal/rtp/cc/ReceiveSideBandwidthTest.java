package org.purertc.internal.rtp.cc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.cc.VirtualTime.MS;
import static org.purertc.internal.rtp.cc.VirtualTime.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.Timer;

/** A sender that obeys REMB, a bottleneck, and the receiver that estimates. */
class ReceiveSideBandwidthTest {
  private static final int PACKET_BYTES = 1_200;
  private static final long DELAY_NS = 30 * MS;

  private record Told(long atNs, long bitsPerSecond) {}

  private final VirtualTime time = new VirtualTime();
  private final ReceiveSideBandwidth receiver = new ReceiveSideBandwidth();
  private final List<Told> told = new ArrayList<>();
  private BottleneckLink link;
  private long rate;
  private long mostWanted;
  private boolean sending = true;
  private long clockOffsetNs;

  private void start(long capacity, long sendRate, long most) {
    link = BottleneckLink.of(time, capacity, new SplittableRandom(1));
    rate = sendRate;
    mostWanted = most;
    send();
  }

  private void send() {
    if (sending) {
      long sentNs = time.nowNs() + clockOffsetNs;
      int sendTime = (int) ((sentNs / 1_000 << 18) / 1_000_000) & 0xff_ffff;
      boolean unused = link.send(PACKET_BYTES, DELAY_NS, () -> arrive(sendTime));
      time.after(Rates.durationNs(PACKET_BYTES, Math.min(rate, mostWanted)), this::send);
    }
  }

  private void arrive(int sendTime) {
    receiver.onPacket(sendTime, PACKET_BYTES, time.nowNs());
    poll();
  }

  private void poll() {
    long bitsPerSecond = receiver.poll(time.nowNs());
    if (bitsPerSecond >= 0) {
      told.add(new Told(time.nowNs(), bitsPerSecond));
      time.after(DELAY_NS, () -> rate = bitsPerSecond);
      if (receiver.nextDeadlineNs() != Timer.NEVER) {
        time.at(receiver.nextDeadlineNs(), this::poll);
      }
    }
  }

  private double average(long fromNs, long toNs) {
    return told.stream()
        .filter(each -> each.atNs >= fromNs && each.atNs < toNs)
        .mapToLong(Told::bitsPerSecond)
        .average()
        .orElse(0);
  }

  @Test
  void followsADropOfTheCapacityAndARise() {
    start(2_000_000, 1_000_000, 10_000_000);
    time.runUntil(30 * SECOND);
    assertThat(average(20 * SECOND, 30 * SECOND)).isBetween(1_400_000.0, 2_300_000.0);
    link.setRate(600_000);
    time.runUntil(32 * SECOND);
    assertThat(rate).isLessThan(700_000);
    time.runUntil(50 * SECOND);
    assertThat(average(40 * SECOND, 50 * SECOND)).isBetween(400_000.0, 700_000.0);
    assertThat(link.queueNs()).isLessThan(300 * MS);
    link.setRate(3_000_000);
    time.runUntil(100 * SECOND);
    assertThat(rate).isGreaterThan(1_500_000);
  }

  @Test
  void tellsItAtLeastOnceASecond() {
    start(5_000_000, 500_000, 1_000_000);
    time.runUntil(20 * SECOND);
    assertThat(told).hasSizeGreaterThan(18);
    for (int i = 1; i < told.size(); i++) {
      assertThat(told.get(i).atNs - told.get(i - 1).atNs).isLessThanOrEqualTo(SECOND);
    }
  }

  @Test
  void tellsADecreaseAtOnce() {
    start(2_000_000, 1_500_000, 1_500_000);
    time.runUntil(10 * SECOND);
    int before = told.size();
    long toldBefore = told.get(before - 1).bitsPerSecond;
    link.setRate(500_000);
    time.runUntil(11 * SECOND);
    assertThat(told.subList(before, told.size()))
        .anyMatch(each -> each.bitsPerSecond < toldBefore / 2);
  }

  @Test
  void asksNoMoreThanOneAndAHalfTimesOfWhatComes() {
    start(50_000_000, 800_000, 800_000);
    time.runUntil(60 * SECOND);
    assertThat(told.get(told.size() - 1).bitsPerSecond).isBetween(1_000_000L, 1_400_000L);
  }

  @Test
  void theSendersClockMayWrapAndStartAnywhere() {
    clockOffsetNs = 63 * SECOND;
    start(2_000_000, 1_000_000, 1_000_000);
    time.runUntil(5 * SECOND);
    assertThat(told).noneMatch(each -> each.bitsPerSecond < 1_000_000);
  }

  @Test
  void endsWhenNothingComes() {
    assertThat(receiver.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    start(2_000_000, 1_000_000, 1_000_000);
    time.runUntil(5 * SECOND);
    sending = false;
    time.runUntil(60 * SECOND);
    assertThat(told.get(told.size() - 1).atNs).isLessThan(9 * SECOND);
    assertThat(receiver.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }
}
