package org.purertc.samples.share;

import java.util.function.Consumer;
import org.purertc.samples.transfer.TransferException;
import org.purertc.samples.transfer.TransferResult;

/** One connection to a sender, from signalling to the last byte. */
interface Attempt extends AutoCloseable {

  /**
   * Runs to the end.
   *
   * @param onContact told that the sender is there
   * @param onPath told in words how the bytes go
   * @throws TransferException why there is no result on this connection
   * @throws org.purertc.samples.terminal.CommandFailure when it makes no sense to try again
   */
  TransferResult run(Runnable onContact, Consumer<String> onPath) throws TransferException;

  /** Tells the sender that this side's user ends it. May be called from any thread. */
  void leave();

  @Override
  void close();
}
