package org.purertc.ice;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each source may do something: a burst, then a steady rate. The table has a fixed size;
 * sources that share a place share its rate, and nobody outside knows who shares with whom.
 */
final class SourceLimit {

  static final int PLACES = 4_096;
  static final int BURST = 20;
  static final long INTERVAL_NS = 100_000_000;

  private final long secret;

  /** For each place when its rate is used up to; the generic cell rate algorithm. */
  private final AtomicLongArray usedUntilNs = new AtomicLongArray(PLACES);

  /**
   * @param secret random, so that no source can be chosen to share the place of another
   */
  SourceLimit(long secret) {
    this.secret = secret;
  }

  boolean allows(InetAddress source, long nowNs) {
    int place = place(source);
    long from = Math.max(usedUntilNs.get(place), nowNs);
    if (from - nowNs > (BURST - 1) * INTERVAL_NS) {
      return false;
    }
    usedUntilNs.set(place, from + INTERVAL_NS);
    return true;
  }

  private int place(InetAddress source) {
    long hash = secret ^ key(source);
    // The finalizer of SplitMix64: each bit of the key reaches each bit of the place.
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return (int) ((hash ^ (hash >>> 31)) & (PLACES - 1));
  }

  /**
   * An IPv4 address, or the half of an IPv6 one that names a network: the rest is free to choose.
   */
  static long key(InetAddress source) {
    if (source instanceof Inet4Address) {
      return source.hashCode();
    }
    byte[] bytes = source.getAddress();
    long network = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      network = network << Byte.SIZE | (bytes[i] & 0xff);
    }
    return network;
  }
}
