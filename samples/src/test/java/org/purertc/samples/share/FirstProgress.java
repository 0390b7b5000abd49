package org.purertc.samples.share;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.purertc.samples.terminal.Reporter;
import org.purertc.samples.terminal.TransferReport;
import org.purertc.samples.transfer.Manifest;
import org.purertc.samples.transfer.TransferResult;

/** Does something once, when the first bytes are told. */
final class FirstProgress implements Reporter {
  private final Runnable action;
  private final AtomicBoolean done = new AtomicBoolean();

  FirstProgress(Runnable action) {
    this.action = action;
  }

  @Override
  public TransferReport transfer(String receiver) {
    return new TransferReport() {
      @Override
      public void onProgress(long bytesOfAll) {
        if (done.compareAndSet(false, true)) {
          action.run();
        }
      }

      @Override
      public void done(TransferResult result, String path) {}
    };
  }

  @Override
  public void note(String event, String line, Map<String, ?> fields) {}

  @Override
  public void offer(Manifest manifest) {}

  @Override
  public void stage(String line) {}

  @Override
  public void failed(String reason, int exitCode) {}
}
