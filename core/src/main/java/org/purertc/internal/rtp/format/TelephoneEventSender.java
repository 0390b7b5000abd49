package org.purertc.internal.rtp.format;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.Timer;

/**
 * Plays DTMF tones as telephone events, as {@code RTCDTMFSender} wants it (W3C WebRTC section 7.2).
 *
 * <p>The owner drains reports and tone changes after each call of {@link #onDeadline}.
 */
public final class TelephoneEventSender {
  public static final int MIN_DURATION_MS = 40;
  public static final int MAX_DURATION_MS = 6_000;
  public static final int MIN_GAP_MS = 30;
  public static final int MAX_GAP_MS = 6_000;

  /** W3C WebRTC section 7.2: a comma. */
  private static final int PAUSE_MS = 2_000;

  private static final long NS_PER_MS = 1_000_000L;

  private final int clockRate;
  private final long reportIntervalNs;
  private final Timer playout = new Timer();
  private final Deque<TelephoneEventReport> reports = new ArrayDeque<>();
  private final Deque<String> toneChanges = new ArrayDeque<>();
  private String toneBuffer = "";
  private ToneTiming timing;
  private @Nullable ToneReports tone;

  /**
   * A sender that plays nothing yet.
   *
   * @param clockRate of the negotiated {@code telephone-event}, in Hz
   * @param reportIntervalMs between the packets of a tone; the audio's packet time
   */
  public TelephoneEventSender(int clockRate, int reportIntervalMs) {
    if (clockRate <= 0 || reportIntervalMs <= 0) {
      throw new IllegalArgumentException("clock " + clockRate + ", interval " + reportIntervalMs);
    }
    this.clockRate = clockRate;
    reportIntervalNs = reportIntervalMs * NS_PER_MS;
    timing = new ToneTiming(0, 0, reportIntervalNs);
  }

  /**
   * Replaces the tones that have not begun. Durations out of their bounds are brought within them.
   *
   * @param tones {@code 0-9 A-D a-d * #} and the comma
   * @throws IllegalArgumentException for another character; then nothing changes
   */
  public void insert(String tones, int durationMs, int gapMs, long nowNs) {
    for (int i = 0; i < tones.length(); i++) {
      if (tones.charAt(i) != ',' && TelephoneEvent.codeOf(tones.charAt(i)) < 0) {
        throw new IllegalArgumentException("no DTMF tone: " + tones.charAt(i));
      }
    }
    // The lower-case letters are the same tones, and the only letters left here.
    toneBuffer = tones.replace('a', 'A').replace('b', 'B').replace('c', 'C').replace('d', 'D');
    timing =
        new ToneTiming(
            clamp(durationMs, MIN_DURATION_MS, MAX_DURATION_MS) * NS_PER_MS,
            clamp(gapMs, MIN_GAP_MS, MAX_GAP_MS) * NS_PER_MS,
            reportIntervalNs);
    if (!toneBuffer.isEmpty() && !playout.isRunning()) {
      playout.start(nowNs, 0);
    }
  }

  private static int clamp(int value, int min, int max) {
    return Math.min(Math.max(value, min), max);
  }

  /** The tones that have not begun. */
  public String toneBuffer() {
    return toneBuffer;
  }

  /** Whether a tone sounds; audio is not to be sent beside it (RFC 4733 section 2.5.1.2). */
  public boolean isSounding() {
    ToneReports current = tone;
    return current != null && current.isSounding();
  }

  /** Ends everything without a word: the transceiver no longer sends. */
  public void stop() {
    playout.stop();
    tone = null;
    toneBuffer = "";
    reports.clear();
  }

  public long nextDeadlineNs() {
    ToneReports current = tone;
    return current == null
        ? playout.deadlineNs()
        : Math.min(playout.deadlineNs(), current.nextDeadlineNs());
  }

  public void onDeadline(long nowNs) {
    ToneReports current = tone;
    if (current != null) {
      current.report(nowNs, reports);
      if (current.nextDeadlineNs() == Timer.NEVER) {
        tone = null;
      }
    }
    if (playout.expire(nowNs)) {
      playNext(nowNs);
    }
  }

  /** W3C WebRTC section 7.2, the playout task. */
  private void playNext(long nowNs) {
    if (toneBuffer.isEmpty()) {
      toneChanges.add("");
      return;
    }
    char next = toneBuffer.charAt(0);
    toneBuffer = toneBuffer.substring(1);
    if (next == ',') {
      playout.start(nowNs, PAUSE_MS * NS_PER_MS);
    } else {
      tone = new ToneReports(TelephoneEvent.codeOf(next), clockRate, nowNs, timing);
      playout.start(nowNs, timing.durationNs() + timing.gapNs());
    }
    toneChanges.add(String.valueOf(next));
  }

  /** The next packet to be sent; null without one. */
  public @Nullable TelephoneEventReport pollReport() {
    return reports.poll();
  }

  /** The tone that begins, {@code ","} for a pause, empty when all are out; null without news. */
  public @Nullable String pollToneChange() {
    return toneChanges.poll();
  }
}
