package org.purertc.ice.mdns;

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

  @Override
  public String toString() {
    return text;
  }
}
