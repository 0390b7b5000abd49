package org.purertc.ice;

import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A NAT that keeps ports, as in front of a container or a server in a cloud: what the outside sends
 * to the public address arrives at the private one.
 *
 * @param privateAddress null for the best local address of the family that has no mapping
 */
public record NatMapping(@Nullable InetAddress privateAddress, InetAddress publicAddress) {

  public NatMapping {
    if (privateAddress != null && isIpv4(privateAddress) != isIpv4(publicAddress)) {
      throw new IllegalArgumentException(
          "cannot map "
              + privateAddress.getHostAddress()
              + " to "
              + publicAddress.getHostAddress()
              + ": one is IPv4, the other IPv6");
    }
  }

  /** Whether this mapping is for any address of this family. */
  boolean isForFamilyOf(InetAddress local) {
    return privateAddress == null && isIpv4(local) == isIpv4(publicAddress);
  }

  private static boolean isIpv4(InetAddress address) {
    return address instanceof Inet4Address;
  }
}
