package org.purertc;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.HostPolicy;
import org.purertc.ice.IceTransports.Addresses;
import org.purertc.ice.NatMapping;
import org.purertc.ice.PortRange;
import org.purertc.ice.UnknownDatagramListener;

/** What the builder of a factory was told of this host's sockets. */
final class HostOptions {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  Addresses addresses = Addresses.EXCEPT_LOOPBACK;
  Predicate<String> interfaces = any -> true;
  Predicate<InetAddress> local = any -> true;
  Predicate<InetAddress> remote = any -> true;
  @Nullable Consumer<UnknownDatagram> unknown;
  boolean tellsMapped;
  boolean continual;
  Duration watchInterval = Duration.ofSeconds(2);
  boolean activeTcp = true;
  boolean hidesAddresses;
  private final List<NatMapping> mappings = new ArrayList<>();
  private PortRange range = PortRange.ANY;
  private int sharedPort;
  private int tcpPort;

  void share(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("udpPort(" + port + "): give 1 to 65535");
    }
    sharedPort = port;
    requireOneOfBoth();
  }

  void listen(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("tcpPort(" + port + "): give 1 to 65535");
    }
    tcpPort = port;
  }

  void range(int first, int last) {
    if (first < 1 || last < first || last > 65_535) {
      throw new IllegalArgumentException(
          "udpPortRange(" + first + ", " + last + "): give a range within 1 to 65535");
    }
    range = new PortRange(first, last);
    requireOneOfBoth();
  }

  void watch(Duration interval) {
    boolean tooShort = !interval.isZero() && interval.compareTo(LEAST_INTERVAL) < 0;
    if (tooShort || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "networkWatchInterval(" + interval + "): give zero, or 100 ms to a day");
    }
    watchInterval = interval;
  }

  private void requireOneOfBoth() {
    if (sharedPort != 0 && !range.equals(PortRange.ANY)) {
      throw new IllegalStateException(
          "udpPort and udpPortRange: either all peers share one port or each has its own");
    }
  }

  void map(@Nullable String privateAddress, String publicAddress) {
    InetAddress inside = privateAddress == null ? null : AddressPrefix.literal(privateAddress);
    NatMapping added = new NatMapping(inside, AddressPrefix.literal(publicAddress));
    for (NatMapping known : mappings) {
      boolean again =
          inside == null
              ? known.privateAddress() == null && sameFamily(known, added)
              : inside.equals(known.privateAddress());
      if (again) {
        throw new IllegalArgumentException(
            "natMapping: there is one to " + known.publicAddress().getHostAddress() + " already");
      }
    }
    mappings.add(added);
  }

  private static boolean sameFamily(NatMapping a, NatMapping b) {
    return a.publicAddress() instanceof Inet4Address == b.publicAddress() instanceof Inet4Address;
  }

  HostPolicy policy() {
    Consumer<UnknownDatagram> handler = unknown;
    if (handler != null && sharedPort == 0) {
      throw new IllegalStateException("onUnknownDatagram needs udpPort");
    }
    return HostPolicy.builder(addresses)
        .filters(local, remote)
        .natMappings(mappings, tellsMapped)
        .ports(range)
        .sharedPort(sharedPort, handler == null ? null : toDatagrams(handler))
        .tcp(activeTcp, tcpPort)
        .continual(continual)
        .hidesAddresses(hidesAddresses)
        .build();
  }

  private static UnknownDatagramListener toDatagrams(Consumer<UnknownDatagram> handler) {
    return (buffer, offset, length, arrival) ->
        handler.accept(
            new UnknownDatagram(
                Arrays.copyOfRange(buffer, offset, offset + length),
                arrival.from(),
                arrival.port(),
                arrival.loop()));
  }
}
