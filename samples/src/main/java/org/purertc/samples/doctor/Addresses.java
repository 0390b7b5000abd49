package org.purertc.samples.doctor;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.purertc.samples.doctor.Observation.LocalAddress;

/** Addresses of this machine, and how they are written. */
final class Addresses {
  private Addresses() {}

  /** Those that others may reach: neither loopback nor link-local. */
  static List<LocalAddress> local() throws SocketException {
    List<LocalAddress> all = new ArrayList<>();
    for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
      if (network.isUp() && !network.isLoopback()) {
        network
            .inetAddresses()
            .filter(each -> !each.isLinkLocalAddress())
            .map(each -> new LocalAddress(text(each), network.getName()))
            .forEach(all::add);
      }
    }
    return all;
  }

  /** Without a name and without a zone. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  static String text(InetSocketAddress address) {
    String host = text(address.getAddress());
    boolean isIpv6 = address.getAddress() instanceof Inet6Address;
    return (isIpv6 ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
