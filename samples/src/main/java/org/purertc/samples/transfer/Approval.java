package org.purertc.samples.transfer;

import java.util.concurrent.CompletableFuture;

/** Asks the receiver's user. */
@FunctionalInterface
public interface Approval {

  /** Takes everything. */
  Approval YES = manifest -> CompletableFuture.completedFuture(true);

  /** Returns at once; the future may complete on any thread, with false to decline. */
  CompletableFuture<Boolean> ask(Manifest manifest);
}
