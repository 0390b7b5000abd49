package org.purertc.samples.terminal;

import java.util.Map;
import org.purertc.samples.transfer.Manifest;

/** Says nothing. */
final class QuietReporter implements Reporter {

  @Override
  public void note(String event, String line, Map<String, ?> fields) {}

  @Override
  public void offer(Manifest manifest) {}

  @Override
  public void stage(String line) {}

  @Override
  public TransferReport transfer(String receiver) {
    return (result, path) -> {};
  }

  @Override
  public void failed(String reason, int exitCode) {}
}
