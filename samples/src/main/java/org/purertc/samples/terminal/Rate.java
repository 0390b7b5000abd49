package org.purertc.samples.terminal;

import java.util.Locale;

/** Bytes, seconds and what follows from them, as people read it. MB are 10^6 bytes. */
final class Rate {
  private final long startNs;

  Rate(long nowNs) {
    startNs = nowNs;
  }

  double seconds(long nowNs) {
    return Math.max(1, nowNs - startNs) / 1e9;
  }

  double megabytesPerSecond(long bytes, long nowNs) {
    return bytes / 1e6 / seconds(nowNs);
  }

  /** Seconds until {@code total}, or -1 when nothing has come yet. */
  long secondsLeft(long bytes, long total, long nowNs) {
    return bytes == 0 ? -1 : Math.round((total - bytes) * seconds(nowNs) / bytes);
  }

  static String size(long bytes) {
    if (bytes < 1_000) {
      return bytes + " bytes";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return bytes < 1_000_000_000
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
