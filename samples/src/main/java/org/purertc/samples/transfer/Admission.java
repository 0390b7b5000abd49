package org.purertc.samples.transfer;

/** Whether a sender serves a receiver whose proof is right. */
@FunctionalInterface
public interface Admission {

  /** Serves everybody. */
  Admission OPEN = hello -> {};

  /**
   * Called once, before anything about the files is told.
   *
   * @throws TransferException {@link FailureCode#BUSY} or another reason why not
   */
  void admit(Hello hello) throws TransferException;
}
