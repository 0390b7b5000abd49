package org.purertc;

/**
 * An error of the W3C API. {@link #name} is the DOMException's name, for example {@code
 * InvalidStateError}; the message says what, where and what to do.
 */
public final class RTCException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String name;

  public RTCException(String name, String message) {
    super(message);
    this.name = name;
  }

  /** The W3C error name: {@code InvalidStateError}, {@code OperationError}, {@code TypeError}, … */
  public String name() {
    return name;
  }
}
