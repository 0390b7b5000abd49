package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.Timer;

class TelephoneEventSenderTest {
  private static final int CLOCK_RATE = 8_000;

  /** A report as it went out, and when. */
  record Sent(long atMs, TelephoneEventReport report) {
    int timestamp(int clockRate) {
      return (int) (report.toneStartNs() * clockRate / 1_000_000_000L + report.timestampOffset());
    }

    byte[] payload() {
      byte[] payload = new byte[TelephoneEvent.BYTES];
      report.event().write(new ByteWriter(payload, 0));
      return payload;
    }
  }

  private static long ms(long milliseconds) {
    return milliseconds * 1_000_000;
  }

  /** Lets the sender do all that is due up to a time. */
  private static List<Sent> run(
      TelephoneEventSender sender, long untilMs, List<String> toneChanges) {
    List<Sent> sent = new ArrayList<>();
    while (sender.nextDeadlineNs() <= ms(untilMs)) {
      long nowNs = sender.nextDeadlineNs();
      sender.onDeadline(nowNs);
      for (var report = sender.pollReport(); report != null; report = sender.pollReport()) {
        sent.add(new Sent(nowNs / 1_000_000, report));
      }
      for (var tone = sender.pollToneChange(); tone != null; tone = sender.pollToneChange()) {
        toneChanges.add(nowNs / 1_000_000 + " " + tone);
      }
    }
    return sent;
  }

  private static List<Sent> play(String tones, int durationMs, int gapMs) {
    return play(CLOCK_RATE, tones, durationMs, gapMs);
  }

  /** All reports of some tones. */
  static List<Sent> play(int clockRate, String tones, int durationMs, int gapMs) {
    TelephoneEventSender sender = new TelephoneEventSender(clockRate, 20);
    sender.insert(tones, durationMs, gapMs, 0);
    List<Sent> sent = run(sender, 200_000, new ArrayList<>());
    assertThat(sender.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    return sent;
  }

  @Test
  void toneIsReportedEveryTwentyMillisecondsAndItsEndThreeTimes() {
    assertThat(play("5", 100, 70))
        .extracting(s -> s.atMs() + " " + s.report().event())
        .containsExactly(
            "20 " + new TelephoneEvent(5, false, 10, 160),
            "40 " + new TelephoneEvent(5, false, 10, 320),
            "60 " + new TelephoneEvent(5, false, 10, 480),
            "80 " + new TelephoneEvent(5, false, 10, 640),
            "100 " + new TelephoneEvent(5, true, 10, 800),
            "120 " + new TelephoneEvent(5, true, 10, 800),
            "140 " + new TelephoneEvent(5, true, 10, 800));
  }

  @Test
  void reportsOfAToneHaveItsTimestampAndTheFirstTheMarker() {
    List<Sent> sent = play("55", 60, 70);
    assertThat(sent)
        .extracting(s -> s.timestamp(CLOCK_RATE))
        .containsExactly(0, 0, 0, 0, 0, 1040, 1040, 1040, 1040, 1040);
    assertThat(sent)
        .extracting(s -> s.report().marker())
        .containsExactly(true, false, false, false, false, true, false, false, false, false);
  }

  @Test
  void lastReportCarriesADurationThatIsNoMultipleOfTheInterval() {
    assertThat(play("1", 50, 70))
        .extracting(s -> s.atMs() + " " + s.report().event().durationTicks())
        .containsExactly("20 160", "40 320", "50 400", "70 400", "90 400");
  }

  @Test
  void endIsOutBeforeTheNextToneEvenWithTheShortestGap() {
    assertThat(play("12", 40, 30))
        .extracting(s -> s.atMs() + " " + s.report().event().code())
        .containsExactly("20 1", "40 1", "50 1", "60 1", "90 2", "110 2", "120 2", "130 2");
  }

  /** RFC 4733 section 2.5.1.3: 6 s at 48 kHz are 288,000 ticks, four segments and a rest. */
  @Test
  void longToneGoesOnInSegments() {
    TelephoneEventSender sender = new TelephoneEventSender(48_000, 20);
    sender.insert("9", 6_000, 70, 0);
    List<Sent> sent = run(sender, 10_000, new ArrayList<>());
    List<TelephoneEventReport> full =
        sent.stream().map(Sent::report).filter(r -> r.event().durationTicks() == 0xffff).toList();
    // Each three times, as the end.
    assertThat(full)
        .extracting(TelephoneEventReport::timestampOffset)
        .containsExactly(
            0L, 0L, 0L, 65_535L, 65_535L, 65_535L, 131_070L, 131_070L, 131_070L, 196_605L, 196_605L,
            196_605L);
    assertThat(full).noneMatch(r -> r.event().end());
    TelephoneEventReport last = sent.get(sent.size() - 1).report();
    assertThat(last.timestampOffset() + last.event().durationTicks()).isEqualTo(288_000);
    assertThat(last.event().end()).isTrue();
    assertThat(sent.stream().filter(s -> s.report().event().end())).hasSize(3);
    assertThat(sent.stream().filter(s -> s.report().marker())).hasSize(1);
  }

  @Test
  void lateCallerReportsTheTimePassedOnce() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    sender.insert("1", 1_000, 70, 0);
    sender.onDeadline(0);
    sender.onDeadline(ms(510));
    assertThat(sender.pollReport())
        .extracting(TelephoneEventReport::event)
        .isEqualTo(new TelephoneEvent(1, false, 10, 4_080));
    assertThat(sender.pollReport()).isNull();
    assertThat(sender.nextDeadlineNs()).isEqualTo(ms(520));
  }

  @Test
  void callerWhoComesAfterTheToneStillReportsItsEnd() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    sender.insert("12", 100, 70, 0);
    sender.onDeadline(0);
    sender.onDeadline(ms(5_000));
    for (int i = 0; i < 3; i++) {
      assertThat(sender.pollReport())
          .extracting(TelephoneEventReport::event)
          .isEqualTo(new TelephoneEvent(1, true, 10, 800));
    }
    assertThat(sender.pollReport()).isNull();
    assertThat(sender.nextDeadlineNs()).isEqualTo(ms(5_020));
  }

  /** W3C WebRTC section 7.2: a tone change for each tone, the last with the empty string. */
  @Test
  void toneChangesComeWithTheTones() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    List<String> changes = new ArrayList<>();
    sender.insert("1,d#", 100, 70, 0);
    assertThat(sender.toneBuffer()).isEqualTo("1,D#");
    run(sender, 0, changes);
    assertThat(sender.toneBuffer()).isEqualTo(",D#");
    run(sender, 10_000, changes);
    assertThat(changes).containsExactly("0 1", "170 ,", "2170 D", "2340 #", "2510 ");
    assertThat(sender.toneBuffer()).isEmpty();
  }

  @Test
  void durationsAreBroughtWithinTheirBounds() {
    assertThat(play("1", 0, 0)).last().extracting(Sent::atMs).isEqualTo(60L);
    assertThat(play("1", 99_999, 99_999))
        .last()
        .extracting(s -> s.report().event().durationTicks())
        .isEqualTo(48_000);
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    List<String> changes = new ArrayList<>();
    sender.insert("11", 99_999, 99_999, 0);
    run(sender, 60_000, changes);
    assertThat(changes).containsExactly("0 1", "12000 1", "24000 ");
  }

  @Test
  void newTonesReplaceThoseThatHaveNotBegun() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    List<String> changes = new ArrayList<>();
    sender.insert("123", 100, 70, 0);
    run(sender, 50, changes);
    sender.insert("89", 40, 30, ms(50));
    run(sender, 10_000, changes);
    assertThat(changes).containsExactly("0 1", "170 8", "240 9", "310 ");
  }

  @Test
  void insertingNothingEndsBehindTheCurrentTone() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    List<String> changes = new ArrayList<>();
    sender.insert("123", 100, 70, 0);
    run(sender, 50, changes);
    sender.insert("", 100, 70, ms(50));
    assertThat(run(sender, 10_000, changes)).last().extracting(Sent::atMs).isEqualTo(140L);
    assertThat(changes).containsExactly("0 1", "170 ");
  }

  @Test
  void unknownToneIsRefusedAndChangesNothing() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    sender.insert("12", 100, 70, 0);
    assertThatThrownBy(() -> sender.insert("3E", 100, 70, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(sender.toneBuffer()).isEqualTo("12");
  }

  @Test
  void toneSoundsForItsDuration() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    assertThat(sender.isSounding()).isFalse();
    sender.insert("1", 100, 70, 0);
    run(sender, 99, new ArrayList<>());
    assertThat(sender.isSounding()).isTrue();
    run(sender, 100, new ArrayList<>());
    assertThat(sender.isSounding()).isFalse();
  }

  @Test
  void stoppedSenderHasNothingLeft() {
    TelephoneEventSender sender = new TelephoneEventSender(CLOCK_RATE, 20);
    sender.insert("12", 100, 70, 0);
    sender.onDeadline(0);
    sender.onDeadline(ms(20));
    sender.stop();
    assertThat(sender.nextDeadlineNs()).isEqualTo(Timer.NEVER);
    assertThat(sender.pollReport()).isNull();
    assertThat(sender.toneBuffer()).isEmpty();
    assertThat(sender.isSounding()).isFalse();
  }
}
