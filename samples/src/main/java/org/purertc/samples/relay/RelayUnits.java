package org.purertc.samples.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times, shares, rates and addresses as users write them. */
public final class RelayUnits {
  private static final Pattern QUANTITY = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)([a-z%]*)");

  /** No network of this world is further away. */
  private static final long LONGEST_NS = 60_000_000_000L;

  private RelayUnits() {}

  /** {@code 50ms}, {@code 200us}, {@code 1.5s}: nanoseconds. */
  public static final class Duration implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      Matcher quantity = quantity(text, "a time such as 50ms, 200us or 1.5s");
      double unitNs =
          switch (quantity.group(2)) {
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "" -> number(quantity) == 0 ? 1 : Double.NaN;
            default -> Double.NaN;
          };
      double ns = number(quantity) * unitNs;
      if (!(ns <= LONGEST_NS)) {
        throw wrong(text, "a time such as 50ms, 200us or 1.5s, at most 60s");
      }
      return Math.round(ns);
    }
  }

  /** {@code 1%} or {@code 1}: 0.01. */
  public static final class Percent implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      Matcher quantity = quantity(text, "a percentage such as 1% or 0.5%");
      boolean unitFits = quantity.group(2).isEmpty() || quantity.group(2).equals("%");
      if (!unitFits || number(quantity) > 100) {
        throw wrong(text, "a percentage from 0% to 100%");
      }
      return number(quantity) / 100;
    }
  }

  /** {@code 20mbit}, {@code 500kbit}, {@code 1gbit}: bits per second. */
  static final class BitRate implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      Matcher quantity = quantity(text, "a rate such as 20mbit, 500kbit or 1gbit");
      double unit =
          switch (quantity.group(2)) {
            case "bit" -> 1;
            case "kbit" -> 1e3;
            case "mbit" -> 1e6;
            case "gbit" -> 1e9;
            case "" -> number(quantity) == 0 ? 1 : Double.NaN;
            default -> Double.NaN;
          };
      double bits = number(quantity) * unit;
      if (!(bits == 0 || bits >= 1_000 && bits <= 1e12)) {
        throw wrong(text, "a rate from 1kbit to 1000gbit, or 0 for none");
      }
      return Math.round(bits);
    }
  }

  /** {@code 127.0.0.1:5000} or {@code [::1]:5000}. */
  static final class Endpoint implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(String text) {
      int colon = text.lastIndexOf(':');
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = colon <= 0 ? "" : text.substring(0, colon);
        if (!host.isEmpty() && port > 0 && port < 65_536) {
          return new InetSocketAddress(InetAddress.getByName(host), port);
        }
      } catch (NumberFormatException | UnknownHostException e) {
        // One answer for all that cannot be read, below.
      }
      throw wrong(text, "an address and a port such as 127.0.0.1:5000 or [::1]:5000");
    }
  }

  private static Matcher quantity(String text, String expected) {
    Matcher matcher = QUANTITY.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(text, expected);
    }
    return matcher;
  }

  private static double number(Matcher quantity) {
    return Double.parseDouble(quantity.group(1));
  }

  private static TypeConversionException wrong(String text, String expected) {
    return new TypeConversionException("'" + text + "' is not " + expected);
  }
}
