package org.purertc.ice.io;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which addresses of the host serve as candidates, and in which order. */
final class LocalAddresses {

  /** An interface that is up, as far as the choice needs it. */
  record Interface(String name, boolean pointToPoint, List<InetAddress> addresses) {}

  private record Ranked(InetAddress address, int cost) {
    boolean isFar() {
      return !address.isLinkLocalAddress() && !address.isLoopbackAddress();
    }
  }

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

  /** Cheaper interfaces first, link-local addresses of IPv4 behind the others, loopback last. */
  static List<InetAddress> order(List<Interface> interfaces) throws UnknownHostException {
    List<Ranked> ranked = new ArrayList<>();
    for (Interface each : interfaces) {
      int cost = InterfaceCost.of(each.name, each.pointToPoint);
      for (InetAddress address : each.addresses) {
        if (isUsable(address)) {
          ranked.add(new Ranked(withoutScope(address), cost));
        }
      }
    }
    var ordered = new LinkedHashSet<InetAddress>();
    ranked.stream()
        .filter(Ranked::isFar)
        .collect(Collectors.groupingBy(Ranked::cost, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(ofOneCost -> takeTurns(ofOneCost, ordered));
    takeTurns(ranked.stream().filter(each -> each.address.isLinkLocalAddress()).toList(), ordered);
    takeTurns(ranked.stream().filter(each -> each.address.isLoopbackAddress()).toList(), ordered);
    return List.copyOf(ordered);
  }

  /**
   * RFC 8421 section 4: candidates of both families are intermingled, so that one broken family
   * does not delay the checks of the other. The better one begins.
   */
  private static void takeTurns(List<Ranked> ranked, Set<InetAddress> ordered) {
    Queue<InetAddress> ipv6 = new ArrayDeque<>();
    Queue<InetAddress> ipv4 = new ArrayDeque<>();
    ranked.stream()
        .map(Ranked::address)
        .sorted(Comparator.comparingInt(AddressPrecedence::of).reversed())
        .forEach(address -> (address instanceof Inet6Address ? ipv6 : ipv4).add(address));
    InetAddress best6 = ipv6.peek();
    InetAddress best4 = ipv4.peek();
    boolean turnOfIpv6 =
        best6 != null
            && (best4 == null || AddressPrecedence.of(best6) > AddressPrecedence.of(best4));
    while (!ipv6.isEmpty() || !ipv4.isEmpty()) {
      Queue<InetAddress> turn = turnOfIpv6 ? ipv6 : ipv4;
      if (!turn.isEmpty()) {
        ordered.add(turn.remove());
      }
      turnOfIpv6 = !turnOfIpv6;
    }
  }

  static boolean isUsable(InetAddress address) {
    if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
      return false;
    }
    // Browsers make no candidates of IPv6 link-local addresses: without its zone, which signalling
    // does not carry, the remote side could not reach one.
    return !(address instanceof Inet6Address && address.isLinkLocalAddress());
  }

  /** The zone means nothing outside this host and would show in the candidate's text. */
  private static InetAddress withoutScope(InetAddress address) throws UnknownHostException {
    return address instanceof Inet6Address
        ? InetAddress.getByAddress(address.getAddress())
        : address;
  }
}
