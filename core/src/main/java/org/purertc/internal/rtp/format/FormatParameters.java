package org.purertc.internal.rtp.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of {@code a=fmtp} as {@code name=value; name=value}: what the payload formats of
 * audio and video made of RFC 8866 section 6.15. Names have no case. What does not read as the
 * format wants counts as absent: a peer's odd parameter must not cost the call.
 */
final class FormatParameters {
  private final Map<String, String> values = new HashMap<>();

  private FormatParameters() {}

  static FormatParameters parse(String fmtp) {
    FormatParameters parameters = new FormatParameters();
    for (String part : fmtp.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String name = part.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        parameters.values.putIfAbsent(name, part.substring(equals + 1).strip());
      }
    }
    return parameters;
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** A decimal number within bounds, or {@code otherwise}. */
  int number(String name, int min, int max, int otherwise) {
    String value = values.get(name);
    if (value == null || value.isEmpty() || value.length() > 9) {
      return otherwise;
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return otherwise;
      }
    }
    int number = Integer.parseInt(value);
    return number < min || number > max ? otherwise : number;
  }

  boolean isOne(String name) {
    return "1".equals(values.get(name));
  }
}
