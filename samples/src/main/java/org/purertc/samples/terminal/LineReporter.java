package org.purertc.samples.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.purertc.samples.transfer.Manifest;

/** Plain lines, for a log or a pipe. */
class LineReporter implements Reporter {
  private final PrintWriter err;
  private final boolean verbose;
  private Manifest offered = Manifest.of(List.of());

  LineReporter(PrintWriter err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /** Prints one line. */
  void line(String text) {
    err.println(text);
    err.flush();
  }

  @Override
  public void note(String event, String text, Map<String, ?> fields) {
    line(text);
  }

  @Override
  public void offer(Manifest manifest) {
    if (isNew(manifest)) {
      line(Quantity.of(manifest));
    }
  }

  /** Whether the user does not know this offer yet; from now on they do. */
  private synchronized boolean isNew(Manifest manifest) {
    boolean known = manifest.equals(offered);
    offered = manifest;
    return !known;
  }

  @Override
  public void stage(String text) {
    if (verbose) {
      line(text);
    }
  }

  @Override
  public TransferReport transfer(String receiver) {
    return new LineReport(this, receiver);
  }

  @Override
  public void failed(String reason, int exitCode) {}
}
