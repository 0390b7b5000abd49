package org.purertc.sdp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code a=fmtp} in the form that most formats use, {@code name=value} between
 * semicolons. Names are compared without case. Immutable.
 */
public final class FormatParameters {
  private final Map<String, String> values;

  private FormatParameters(Map<String, String> values) {
    this.values = values;
  }

  /** Reads any text; what is not of that form is left out. */
  public static FormatParameters of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        // RFC 8866 does not say what a second one means; the first is what others take.
        values.putIfAbsent(name, part.substring(equals + 1).strip());
      }
    }
    return new FormatParameters(values);
  }

  /** Null when there is none of that name. */
  public @Nullable String value(String name) {
    return values.get(name.toLowerCase(Locale.ROOT));
  }

  /** The value, or another one when there is none. */
  public String value(String name, String absent) {
    return Objects.requireNonNullElse(value(name), absent);
  }

  /** The value as a number; another one when there is none or it is no number of 0 to 2^31-1. */
  public int number(String name, int absent) {
    String value = value(name);
    long number = value == null ? -1 : Syntax.numberOrMinusOne(value);
    return number < 0 || number > Integer.MAX_VALUE ? absent : (int) number;
  }

  /** As {@link #number(String, int)}, with other bounds: what is out of them counts as absent. */
  public int number(String name, int least, int most, int absent) {
    int number = number(name, absent);
    return number < least || number > most ? absent : number;
  }

  /** Whether the value is 1, as formats write what is true. */
  public boolean isOne(String name) {
    return "1".equals(value(name));
  }
}
