package org.purertc.internal.rtp.cc;

import java.util.Arrays;
import java.util.Locale;

/** What became of the packets of one flow, by tenths of a second. */
final class FlowRecord {
  private static final long SLOT_NS = 100 * VirtualTime.MS;

  private final long[] arrivedBytes = new long[6_000];
  private final int[] sent = new int[6_000];
  private final int[] dropped = new int[6_000];
  private final int[] delaysMs = new int[200_000];
  private final long[] delayedAtNs = new long[200_000];
  private int delays;

  void onSent(boolean lost, long nowNs) {
    sent[slot(nowNs)]++;
    if (lost) {
      dropped[slot(nowNs)]++;
    }
  }

  void onArrived(int bytes, long queueNs, long nowNs) {
    arrivedBytes[slot(nowNs)] += bytes;
    if (delays < delaysMs.length) {
      delaysMs[delays] = (int) (queueNs / VirtualTime.MS);
      delayedAtNs[delays++] = nowNs;
    }
  }

  private static int slot(long nowNs) {
    return (int) (nowNs / SLOT_NS);
  }

  double megabits(double fromSeconds, double toSeconds) {
    long bytes = 0;
    for (int i = (int) (fromSeconds * 10); i < (int) (toSeconds * 10); i++) {
      bytes += arrivedBytes[i];
    }
    return 8 * bytes / 1e6 / (toSeconds - fromSeconds);
  }

  double lossFraction(double fromSeconds, double toSeconds) {
    int all = 0;
    int lost = 0;
    for (int i = (int) (fromSeconds * 10); i < (int) (toSeconds * 10); i++) {
      all += sent[i];
      lost += dropped[i];
    }
    return all == 0 ? 0 : (double) lost / all;
  }

  /** The time in the queue that the fraction of all packets stayed below. */
  int queueMs(double fraction, double fromSeconds, double toSeconds) {
    int[] sorted = new int[delays];
    int count = 0;
    for (int i = 0; i < delays; i++) {
      if (delayedAtNs[i] >= fromSeconds * 1e9 && delayedAtNs[i] < toSeconds * 1e9) {
        sorted[count++] = delaysMs[i];
      }
    }
    Arrays.sort(sorted, 0, count);
    return count == 0 ? 0 : sorted[(int) (fraction * (count - 1))];
  }

  String bySecond(int seconds) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < seconds; i++) {
      text.append(String.format(Locale.ROOT, "%.2f ", megabits(i, i + 1)));
    }
    return text.toString();
  }
}
