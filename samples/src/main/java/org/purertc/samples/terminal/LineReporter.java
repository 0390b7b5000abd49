package org.purertc.samples.terminal;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/**
 * Plain lines, for a log or a pipe: one about every ten percent, but not more than one a second.
 */
class LineReporter implements Reporter {
  private static final long LINE_INTERVAL_NS = 1_000_000_000L;

  private final PrintWriter err;
  private Rate rate = new Rate(System.nanoTime());
  private String title = "";
  private long totalBytes;
  private long nextBytes;
  private long lastLineNs;

  LineReporter(PrintWriter err) {
    this.err = err;
  }

  final void line(String text) {
    err.println(text);
    err.flush();
  }

  @Override
  public void note(String event, String text, Map<String, ?> fields) {
    line(text);
  }

  @Override
  public void onOffer(Manifest manifest) {
    title = manifest.title();
    totalBytes = Math.max(0, manifest.bytes());
    line(title + ", " + Rate.size(totalBytes));
  }

  @Override
  public void onStart(long alreadyBytes) {
    rate = new Rate(System.nanoTime());
    nextBytes = totalBytes / 10;
    lastLineNs = System.nanoTime();
  }

  @Override
  public void onProgress(long bytes) {
    long nowNs = System.nanoTime();
    if (bytes < nextBytes || nowNs - lastLineNs < LINE_INTERVAL_NS || bytes >= totalBytes) {
      return;
    }
    lastLineNs = nowNs;
    nextBytes = bytes + totalBytes / 10;
    line(
        String.format(
            Locale.ROOT,
            "%3d %%  %s of %s, %.1f MB/s, %d s left",
            100 * bytes / totalBytes,
            Rate.size(bytes),
            Rate.size(totalBytes),
            rate.megabytesPerSecond(bytes, nowNs),
            rate.secondsLeft(bytes, totalBytes, nowNs)));
  }

  @Override
  public void done(TransferResult result) {
    long nowNs = System.nanoTime();
    line(
        String.format(
            Locale.ROOT,
            "%s: %s in %.1f s (%.1f MB/s), verified, SHA-256 %s",
            title,
            Rate.size(totalBytes),
            rate.seconds(nowNs),
            rate.megabytesPerSecond(totalBytes, nowNs),
            result.sha256()));
  }

  @Override
  public void failed(String reason) {}
}
