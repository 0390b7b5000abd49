package org.purertc.ice.io;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Which address a host would rather use, RFC 6724 section 2.1. */
final class AddressPrecedence {

  private AddressPrecedence() {}

  /** The higher the better. */
  static int of(InetAddress address) {
    if (address instanceof Inet4Address) {
      return 35; // ::ffff:0:0/96
    }
    byte[] bytes = address.getAddress();
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    if (address.isLoopbackAddress()) {
      return 50;
    } else if ((first & 0xfe00) == 0xfc00) {
      return 3; // unique local, fc00::/7
    } else if ((first & 0xffc0) == 0xfec0 || first == 0x3ffe) {
      return 1; // site-local and the 6bone, both given up
    } else if (first == 0x2002) {
      return 30; // 6to4
    } else if (first == 0x2001 && second == 0) {
      return 5; // Teredo
    }
    return 40;
  }
}
