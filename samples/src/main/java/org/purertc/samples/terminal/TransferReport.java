package org.purertc.samples.terminal;

import org.purertc.samples.transfer.TransferListener;
import org.purertc.samples.transfer.TransferResult;

/** Tells how one transfer goes, from the first connection to the last. */
public interface TransferReport extends TransferListener {

  /**
   * Everything is verified.
   *
   * @param path how the bytes went, for people
   */
  void done(TransferResult result, String path);

  /** The connection ended before the transfer did: there may be another one. */
  default void interrupted() {}
}
