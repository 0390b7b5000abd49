package org.purertc.samples.signaling;

/** There is no signalling; the message says why in one line. */
public final class SignalingUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong, for programs. */
  public enum Reason {
    /** There is a server, but it does not know the address. */
    UNKNOWN_ADDRESS,
    /** Not by this name or token: trying again does not help. */
    NOT_ALLOWED,
    /** The server does not want this visitor now. */
    REFUSED,
    /** No server answers. */
    UNREACHABLE
  }

  private final Reason reason;

  public SignalingUnavailableException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
