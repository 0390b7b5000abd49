package org.purertc.samples.terminal;

import java.util.Map;
import org.purertc.samples.transfer.Manifest;

/** Tells the user, or a program, what a command does. May be called from any thread. */
public interface Reporter {

  /**
   * Something happened.
   *
   * @param event its name for programs
   * @param line the same for people
   * @param fields what programs want to know besides the name
   */
  void note(String event, String line, Map<String, ?> fields);

  /** What is offered, before anybody has come for it. */
  void offer(Manifest manifest);

  /** One step on the way; for those who asked for {@code --verbose}. */
  void stage(String line);

  /**
   * A transfer begins; it may take several connections.
   *
   * @param receiver names it among several, "" when there is only one
   */
  TransferReport transfer(String receiver);

  /** The command ends with this error, which is on standard error already. */
  void failed(String reason, int exitCode);
}
