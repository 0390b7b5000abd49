package org.purertc.internal.jsep;

/** A description that cannot be created or applied; {@link #name} is W3C's error name. */
public final class JsepException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;

  public JsepException(String name, String message) {
    super(message);
    this.name = name;
  }

  static JsepException invalidState(String message) {
    return new JsepException("InvalidStateError", message);
  }

  static JsepException invalidAccess(String message) {
    return new JsepException("InvalidAccessError", message);
  }

  static JsepException operation(String message) {
    return new JsepException("OperationError", message);
  }

  /** {@code InvalidStateError}, {@code InvalidAccessError}, {@code OperationError}, … */
  public String name() {
    return name;
  }
}
