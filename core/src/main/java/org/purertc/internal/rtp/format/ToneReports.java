package org.purertc.internal.rtp.format;

import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.purertc.internal.util.Timer;

/** The packets of one tone, RFC 4733 section 2.5.1: reports as it grows, three of its end. */
final class ToneReports {
  /** RFC 4733 section 2.5.1.4: three times in all. */
  private static final int REPETITIONS = 2;

  /** In dBm0 below zero; what telephones send. */
  private static final int VOLUME = 10;

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private final int code;
  private final int clockRate;
  private final long startNs;
  private final long durationNs;
  private final long reportIntervalNs;

  /** Between the reports of the end, which may follow faster to be out before the next tone. */
  private final long endIntervalNs;

  private long segmentOffset;
  private boolean begun;
  private boolean ended;
  private @Nullable TelephoneEventReport repeated;
  private int repetitions;
  private long nextReportNs;

  ToneReports(int code, int clockRate, long startNs, ToneTiming timing) {
    this.code = code;
    this.clockRate = clockRate;
    this.startNs = startNs;
    durationNs = timing.durationNs();
    reportIntervalNs = timing.reportIntervalNs();
    endIntervalNs = Math.min(reportIntervalNs, timing.gapNs() / (REPETITIONS + 1));
    nextReportNs = startNs + Math.min(reportIntervalNs, durationNs);
  }

  /** When the next report is due; {@link Timer#NEVER} when all are out. */
  long nextDeadlineNs() {
    return nextReportNs;
  }

  /** Whether the tone sounds at this time. */
  boolean isSounding() {
    return !ended;
  }

  /** Adds what is due. Who comes late gets one report of the time passed, not one for each. */
  void report(long nowNs, Queue<TelephoneEventReport> out) {
    while (nextReportNs <= nowNs) {
      repeat(out);
      if (!ended) {
        long elapsedNs = Math.min(nowNs - startNs, durationNs);
        ended = elapsedNs == durationNs;
        reportDuration(elapsedNs * clockRate / NS_PER_SECOND, out);
        nextReportNs = afterReport(elapsedNs);
      } else {
        nextReportNs = repetitions == 0 ? Timer.NEVER : nextReportNs + endIntervalNs;
      }
    }
  }

  private long afterReport(long elapsedNs) {
    if (ended) {
      return startNs + durationNs + endIntervalNs;
    }
    long nextNs = (elapsedNs / reportIntervalNs + 1) * reportIntervalNs;
    return startNs + Math.min(nextNs, durationNs);
  }

  private void reportDuration(long ticks, Queue<TelephoneEventReport> out) {
    // RFC 4733 section 2.5.1.3: a segment of the greatest duration, without E, and then one whose
    // timestamp is the first one's end.
    while (ticks - segmentOffset > TelephoneEvent.MAX_DURATION_TICKS) {
      TelephoneEventReport full = add(TelephoneEvent.MAX_DURATION_TICKS, false, out);
      repeatLater(full);
      segmentOffset += TelephoneEvent.MAX_DURATION_TICKS;
    }
    TelephoneEventReport report = add((int) (ticks - segmentOffset), ended, out);
    if (ended) {
      repeatLater(report);
    }
  }

  private TelephoneEventReport add(int ticks, boolean end, Queue<TelephoneEventReport> out) {
    TelephoneEvent event = new TelephoneEvent(code, end, VOLUME, ticks);
    TelephoneEventReport report = new TelephoneEventReport(startNs, segmentOffset, !begun, event);
    begun = true;
    out.add(report);
    return report;
  }

  private void repeatLater(TelephoneEventReport report) {
    repeated =
        new TelephoneEventReport(
            report.toneStartNs(), report.timestampOffset(), false, report.event());
    repetitions = REPETITIONS;
  }

  private void repeat(Queue<TelephoneEventReport> out) {
    TelephoneEventReport report = repeated;
    if (report != null && repetitions > 0) {
      repetitions--;
      out.add(report);
    }
  }
}
