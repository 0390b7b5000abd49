package org.purertc.samples.terminal;

import java.util.Locale;
import org.purertc.samples.transfer.Entry;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/** One transfer in plain lines: about one every ten percent, but not more than one a second. */
class LineReport implements TransferReport {
  private static final long LINE_INTERVAL_NS = 1_000_000_000L;

  /** Of a stream, whose percents nobody knows. */
  private static final long STREAM_INTERVAL_NS = 10 * LINE_INTERVAL_NS;

  private final LineReporter lines;
  private final String prefix;
  private final Tally tally = new Tally();
  private long nextBytes;
  private long lastLineNs;

  LineReport(LineReporter lines, String receiver) {
    this.lines = lines;
    prefix = receiver.isEmpty() ? "" : receiver + ": ";
  }

  final Tally tally() {
    return tally;
  }

  private void line(String text) {
    lines.line(prefix + text);
  }

  @Override
  public void onOffer(Manifest manifest) {
    tally.offered(manifest);
    lines.offer(manifest);
  }

  @Override
  public void onStart(long alreadyBytes) {
    long nowNs = System.nanoTime();
    tally.started(alreadyBytes, nowNs);
    if (alreadyBytes > 0 && alreadyBytes < tally.totalBytes()) {
      line("goes on at " + Quantity.bytes(alreadyBytes));
    }
    nextBytes = alreadyBytes + tally.totalBytes() / 10;
    lastLineNs = nowNs;
  }

  @Override
  public void onFile(Entry entry) {
    lines.stage(prefix + "file " + entry.path());
  }

  @Override
  public void onProgress(long bytesOfAll) {
    tally.progress(bytesOfAll);
    long nowNs = System.nanoTime();
    if (tally.manifest().bytes() == Entry.UNKNOWN) {
      streamProgress(nowNs);
    } else if (isDue(nowNs)) {
      lastLineNs = nowNs;
      nextBytes = bytesOfAll + tally.totalBytes() / 10;
      line(
          String.format(
              Locale.ROOT,
              "%3d %%  %s of %s, %.1f MB/s, %d s left",
              100 * bytesOfAll / tally.totalBytes(),
              Quantity.bytes(bytesOfAll),
              Quantity.bytes(tally.totalBytes()),
              tally.megabytesPerSecond(nowNs),
              tally.secondsLeft(nowNs)));
    }
  }

  private boolean isDue(long nowNs) {
    return tally.bytes() >= nextBytes
        && tally.bytes() < tally.totalBytes()
        && nowNs - lastLineNs >= LINE_INTERVAL_NS;
  }

  private void streamProgress(long nowNs) {
    if (nowNs - lastLineNs >= STREAM_INTERVAL_NS) {
      lastLineNs = nowNs;
      line(
          String.format(
              Locale.ROOT,
              "%s, %.1f MB/s",
              Quantity.bytes(tally.bytes()),
              tally.megabytesPerSecond(nowNs)));
    }
  }

  @Override
  public void done(TransferResult result, String path) {
    line(summary(result, path, System.nanoTime()));
  }

  private String summary(TransferResult result, String path, long nowNs) {
    Manifest manifest = result.manifest();
    long moved = tally.bytes() - tally.startBytes();
    if (moved == 0 && tally.totalBytes() > 0) {
      return Quantity.of(manifest) + ": there already (same size and time)";
    }
    String what =
        manifest.bytes() == Entry.UNKNOWN
            ? manifest.title() + ", " + Quantity.bytes(tally.bytes())
            : Quantity.of(manifest);
    String rest = tally.startBytes() == 0 ? "" : ", of which " + Quantity.bytes(moved) + " moved";
    String hash = result.sha256().isEmpty() ? "" : ", SHA-256 " + result.sha256();
    return String.format(
        Locale.ROOT,
        "%s%s in %.1f s (%.1f MB/s), %s, verified%s",
        what,
        rest,
        tally.seconds(nowNs),
        tally.megabytesPerSecond(nowNs),
        path,
        hash);
  }
}
