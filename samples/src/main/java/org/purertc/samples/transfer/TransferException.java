package org.purertc.samples.transfer;

import java.io.IOException;

/** A transfer that did not happen; the message says why in one line. */
public final class TransferException extends IOException {
  private static final long serialVersionUID = 1L;

  private final FailureCode code;
  private final boolean told;

  public TransferException(FailureCode code, String reason) {
    this(code, reason, false);
  }

  private TransferException(FailureCode code, String reason, boolean told) {
    super(reason);
    this.code = code;
    this.told = told;
  }

  /** A failure that the other side told us. */
  static TransferException told(FailureCode code, String reason) {
    return new TransferException(code, reason, true);
  }

  public FailureCode code() {
    return code;
  }

  /** Whether the other side gave up and said so. */
  public boolean isTold() {
    return told;
  }

  /** The message, never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
