package org.purertc.internal.util;

/** A packet that its protocol does not allow: counted and dropped by who received it. */
public final class MalformedPacketException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedPacketException(String message) {
    super(message, null, false, false); // no stack trace: hostile input must be cheap
  }
}
