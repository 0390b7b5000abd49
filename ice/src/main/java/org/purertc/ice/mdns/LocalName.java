package org.purertc.ice.mdns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that stands for one address of a host: a UUID and {@code .local},
 * draft-ietf-mmusic-mdns-ice-candidates section 3.1.1.
 *
 * @param text in lower case, as names are compared without regard to case
 */
public record LocalName(String text) {

  /**
   * Other names of the network are not asked for, so that a description cannot send checks to
   * printers and the like (the draft's section 3.2.2). Safari's last group may be longer than a
   * UUID's.
   */
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12,20}\\.local");

  public LocalName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a UUID with .local: " + text);
    }
  }

  /** The name that a candidate's address is; null when it is none of this form. */
  public static @Nullable LocalName parse(String address) {
    String text = address.toLowerCase(Locale.ROOT);
    return FORM.matcher(text).matches() ? new LocalName(text) : null;
  }

  /** A new one that nobody else has: a UUID of version 4, RFC 9562 section 5.4. */
  static LocalName random(RandomGenerator random) {
    long high = random.nextLong() & ~0xf000L | 0x4000L;
    long low = random.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE;
    return new LocalName(new UUID(high, low) + ".local");
  }

  /** The name that an address was made with, by {@link #at}; null when it has none. */
  public static @Nullable LocalName of(InetSocketAddress address) {
    return parse(address.getHostString());
  }

  /** A transport address whose address is not known yet. */
  public InetSocketAddress unresolved(int port) {
    return InetSocketAddress.createUnresolved(text, port);
  }

  /** The transport address that this name stands for; it keeps the name. */
  public InetSocketAddress at(InetAddress address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(text, address.getAddress()), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
