package org.purertc.ice.io;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;

/** Which addresses of the host serve as candidates, and in which order. */
final class LocalAddresses {

  /** How the usual systems name interfaces of containers, virtual machines and VPNs. */
  private static final List<String> VIRTUAL_NAMES =
      List.of(
          "docker",
          "br-",
          "veth",
          "virbr",
          "vmnet",
          "vboxnet",
          "vethernet",
          "lxc",
          "lxd",
          "cni",
          "flannel",
          "cali",
          "podman",
          "tun",
          "tap",
          "utun",
          "wg",
          "tailscale",
          "zt",
          "ppp");

  private static final int UNIQUE_LOCAL_PREFIX = 0xfc;
  private static final int UNIQUE_LOCAL_MASK = 0xfe;

  /** An interface that is up, as far as the choice needs it. */
  record Interface(String name, boolean pointToPoint, List<InetAddress> addresses) {}

  private record Ranked(InetAddress address, int interfaceRank, int addressRank) {}

  private LocalAddresses() {}

  static List<InetAddress> ofThisHost(Predicate<String> interfaces) throws IOException {
    List<Interface> up = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      try {
        if (interfaces.test(each.getName()) && each.isUp()) {
          up.add(
              new Interface(
                  each.getName(),
                  each.isPointToPoint(),
                  Collections.list(each.getInetAddresses())));
        }
      } catch (SocketException gone) {
        // An interface may disappear while we walk; then it has no address either.
      }
    }
    return order(up);
  }

  /** Physical before virtual, global before private ranges of IPv6, loopback last. */
  static List<InetAddress> order(List<Interface> interfaces) throws UnknownHostException {
    List<Ranked> ranked = new ArrayList<>();
    for (Interface each : interfaces) {
      int interfaceRank = each.pointToPoint || hasVirtualName(each.name) ? 1 : 0;
      for (InetAddress address : each.addresses) {
        if (isUsable(address)) {
          ranked.add(new Ranked(withoutScope(address), interfaceRank, rank(address)));
        }
      }
    }
    ranked.sort(
        Comparator.comparing((Ranked r) -> r.address.isLoopbackAddress())
            .thenComparingInt(Ranked::interfaceRank)
            .thenComparingInt(Ranked::addressRank));
    var once = new LinkedHashSet<InetAddress>();
    ranked.forEach(r -> once.add(r.address));
    return List.copyOf(once);
  }

  static boolean isUsable(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    // Browsers make no candidates of IPv6 link-local addresses: without its zone, which signalling
    // does not carry, the remote side could not reach one.
    return !(address instanceof Inet6Address && address.isLinkLocalAddress());
  }

  private static int rank(InetAddress address) {
    if (address.isLinkLocalAddress()) {
      return 3;
    }
    if (!(address instanceof Inet6Address)) {
      return 1;
    }
    boolean local =
        address.isSiteLocalAddress()
            || (address.getAddress()[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL_PREFIX;
    return local ? 2 : 0;
  }

  private static boolean hasVirtualName(String name) {
    return VIRTUAL_NAMES.stream().anyMatch(name::startsWith);
  }

  /** The zone means nothing outside this host and would show in the candidate's text. */
  private static InetAddress withoutScope(InetAddress address) throws UnknownHostException {
    return address instanceof Inet6Address
        ? InetAddress.getByAddress(address.getAddress())
        : address;
  }
}
