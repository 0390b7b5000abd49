package org.purertc.samples.terminal;

/** A command cannot do its work; the message says why in one line. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** Of a command that tells failure by 1. */
  public CommandFailure(String message) {
    this(message, 1);
  }

  public CommandFailure(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
