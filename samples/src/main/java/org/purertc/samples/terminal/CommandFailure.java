package org.purertc.samples.terminal;

/** A command cannot do its work; the message says why in one line. Exit code 1. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String message) {
    super(message);
  }
}
