package org.purertc.samples.terminal;

import java.util.Map;
import org.purertc.samples.transfer.TransferResult;

/** Says nothing. */
final class QuietReporter implements Reporter {

  @Override
  public void note(String event, String line, Map<String, ?> fields) {}

  @Override
  public void done(TransferResult result) {}

  @Override
  public void failed(String reason) {}
}
