package org.purertc.samples.terminal;

import java.util.List;
import org.purertc.samples.transfer.Manifest;

/** What one transfer has done so far, over all its connections. */
final class Tally {
  private Manifest manifest = Manifest.of(List.of());
  private boolean started;
  private long startNs;
  private long startBytes;
  private long bytes;

  /** Whether it is another offer than the one of the connection before. */
  boolean offered(Manifest offer) {
    boolean known = offer.equals(manifest);
    manifest = offer;
    return !known;
  }

  /** Bytes move. Only the first time counts: who asks for the rate means the whole transfer. */
  void started(long alreadyBytes, long nowNs) {
    if (!started) {
      started = true;
      startNs = nowNs;
      startBytes = alreadyBytes;
    }
    bytes = alreadyBytes;
  }

  void progress(long bytesOfAll) {
    bytes = bytesOfAll;
  }

  Manifest manifest() {
    return manifest;
  }

  String title() {
    return manifest.title();
  }

  /** Of all files; 0 when nobody knows before the end of a stream. */
  long totalBytes() {
    return Math.max(0, manifest.bytes());
  }

  /** With the receiver. */
  long bytes() {
    return bytes;
  }

  /** Were with the receiver before this transfer began. */
  long startBytes() {
    return startBytes;
  }

  double seconds(long nowNs) {
    return started ? Math.max(1, nowNs - startNs) / 1e9 : 1e-9;
  }

  double megabytesPerSecond(long nowNs) {
    return moved() / 1e6 / seconds(nowNs);
  }

  private long moved() {
    return Math.max(0, bytes - startBytes);
  }

  /** -1 when nobody knows. */
  long secondsLeft(long nowNs) {
    return moved() == 0 || totalBytes() == 0
        ? -1
        : Math.round((totalBytes() - bytes) * seconds(nowNs) / moved());
  }
}
