package org.purertc.samples.signaling;

/** A signalling message that cannot be read; the message says why in one line. */
public final class SignalingException extends Exception {
  private static final long serialVersionUID = 1L;

  public SignalingException(String message) {
    super(message);
  }
}
