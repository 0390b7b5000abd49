package org.purertc.samples.terminal;

import java.util.Map;
import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferResult;

/** Shows the user how a transfer goes. */
public interface Reporter extends TransferListener {

  /**
   * Something happened.
   *
   * @param event its name for programs
   * @param line the same for people
   * @param fields what programs want to know besides the name
   */
  void note(String event, String line, Map<String, ?> fields);

  /** The file is verified. */
  void done(TransferResult result);

  /** The command ends with this error, which is on standard error already. */
  void failed(String reason);
}
