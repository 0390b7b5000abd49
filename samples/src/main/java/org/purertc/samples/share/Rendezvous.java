package org.purertc.samples.share;

import org.purertc.samples.transfer.ReceiverOptions;
import org.purertc.samples.transfer.TransferTarget;

/** Where a receiver finds its sender. */
@FunctionalInterface
interface Rendezvous {

  /** Prepares one more connection. */
  Attempt attempt(TransferTarget target, ReceiverOptions options);
}
