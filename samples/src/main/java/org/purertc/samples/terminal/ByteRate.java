package org.purertc.samples.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bytes a second as users write them: {@code 500k}, {@code 10M}, {@code 1.5M}. */
public final class ByteRate implements ITypeConverter<Long> {
  private static final Pattern RATE =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([kMG]?)B?(?:/s)?");

  /** Slower ones are mistakes: a chunk would take half a minute. */
  private static final double LOWEST = 1_000;

  @Override
  public Long convert(String text) {
    Matcher rate = RATE.matcher(text);
    if (rate.matches()) {
      double unit =
          switch (rate.group(2)) {
            case "k" -> 1e3;
            case "M" -> 1e6;
            case "G" -> 1e9;
            default -> 1;
          };
      double bytes = Double.parseDouble(rate.group(1)) * unit;
      if (bytes >= LOWEST) {
        return Math.round(bytes);
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is not a rate such as 500k, 10M or 1G, bytes a second, 1k or more");
  }
}
