package org.purertc.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An {@code a=} line, RFC 8866 section 5.13: its text, exactly.
 *
 * <p>An attribute that {@link Attributes} reads as a type is checked here, so a value in hand is
 * always readable; every other attribute is any text.
 *
 * @param value what follows the colon; null when there is no colon
 */
public record Attribute(String name, @Nullable String value) {

  /**
   * @throws IllegalArgumentException when the text does not follow the attribute's grammar
   */
  public Attribute {
    Syntax.checkToken(name, "attribute name");
    if (value != null) {
      Syntax.checkText(value);
    }
    AttributeGrammar.check(name, value);
  }

  /** An attribute without a value. */
  public static Attribute flag(String name) {
    return new Attribute(name, null);
  }

  static Attribute of(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Attribute(text, null)
        : new Attribute(text.substring(0, colon), text.substring(colon + 1));
  }

  /** Without {@code a=}. */
  @Override
  public String toString() {
    return value == null ? name : name + ":" + value;
  }
}
