package org.purertc.dtls.internal;

/** A fatal alert, ours or the peer's, ended the connection; the message is the reason. */
public final class ConnectionFailedException extends Exception {
  private static final long serialVersionUID = 1;

  ConnectionFailedException(String reason) {
    super(reason, null, false, false);
  }

  /** Why, in words for the user. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
