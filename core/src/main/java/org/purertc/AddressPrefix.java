package org.purertc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The addresses of a network, such as {@code 10.0.0.0/8} or {@code fd00::/8}: for the address
 * filters of {@link PeerConnectionFactory.Builder}, with {@link #or} and {@link #negate}.
 */
public final class AddressPrefix implements Predicate<InetAddress> {
  private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}\\.){3}\\d{1,3}");

  private final byte[] network;
  private final int bits;

  private AddressPrefix(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * Reads a prefix in CIDR notation; an address alone is a network of one.
   *
   * @throws IllegalArgumentException when it is neither, or has bits set behind the prefix
   */
  public static AddressPrefix of(String text) {
    int slash = text.indexOf('/');
    byte[] network = literal(slash < 0 ? text : text.substring(0, slash)).getAddress();
    int longest = network.length * Byte.SIZE;
    int bits = slash < 0 ? longest : length(text, text.substring(slash + 1));
    if (bits > longest) {
      throw new IllegalArgumentException(text + ": the prefix has at most " + longest + " bits");
    }
    for (int bit = bits; bit < longest; bit++) {
      if (((network[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE)) & 1) != 0) {
        throw new IllegalArgumentException(text + " has bits set behind its prefix");
      }
    }
    return new AddressPrefix(network, bits);
  }

  private static int length(String text, String digits) {
    if (!digits.matches("\\d{1,3}")) {
      throw new IllegalArgumentException(text + ": what follows the slash is no number of bits");
    }
    return Integer.parseInt(digits);
  }

  /**
   * The address that a literal names; never asks a resolver.
   *
   * @throws IllegalArgumentException when it is none, or has a zone
   */
  static InetAddress literal(String text) {
    boolean ipv6 = text.indexOf(':') >= 0 && text.indexOf('%') < 0;
    try {
      if (ipv6 || IPV4.matcher(text).matches()) {
        return InetAddress.getByName(text);
      }
    } catch (UnknownHostException numbersOutOfRange) {
      throw new IllegalArgumentException(text + " is no IP address", numbersOutOfRange);
    }
    throw new IllegalArgumentException(text + " is no IP address");
  }

  /** Whether the address lies in this network. */
  @Override
  public boolean test(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (bytes[i] != network[i]) {
        return false;
      }
    }
    int rest = bits % Byte.SIZE;
    return rest == 0 || (bytes[whole] ^ network[whole]) >> (Byte.SIZE - rest) == 0;
  }
}
