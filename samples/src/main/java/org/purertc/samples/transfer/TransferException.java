package org.purertc.samples.transfer;

import java.io.IOException;

/** A transfer that did not happen; the message says why in one line. */
public final class TransferException extends IOException {
  private static final long serialVersionUID = 1L;

  public TransferException(String message) {
    super(message);
  }
}
