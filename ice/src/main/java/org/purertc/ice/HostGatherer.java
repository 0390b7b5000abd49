package org.purertc.ice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * Opens one port for each chosen local address, or takes a place on the shared one, and closes it
 * when the address is gone.
 */
final class HostGatherer {

  /** A range may be large and full; somebody waits for the candidates. */
  static final int MAX_TRIES = 1_000;

  /** As many as the agent takes candidates. */
  static final int MAX_PORTS = Candidates.MAX_LOCAL;

  /** A path of before: what still goes there is lost, as on a network that is down. */
  private static final Network.DatagramSender GONE = (buffer, offset, length, to) -> true;

  private final Network network;
  private final Loop loop;
  private final HostPolicy policy;
  private final SharedPorts shared;
  private final RandomGenerator random;
  private final Map<PathId, HostPort> ports = new LinkedHashMap<>(4);
  private final Map<InetAddress, Integer> formerPorts = new LinkedHashMap<>(0);
  private final Map<NatMapping, InetAddress> mapped = new HashMap<>(0);
  private final TcpPaths tcp;
  private List<InetAddress> local = List.of();
  private List<InetAddress> chosen = List.of();
  private boolean hadAddress;
  private final List<String> ufrags = new ArrayList<>(1);
  private String trouble = "";

  /**
   * @param random where in a range of ports the search for a free one begins
   */
  HostGatherer(
      Network network, Loop loop, HostPolicy policy, SharedPorts shared, RandomGenerator random) {
    this.network = network;
    this.loop = loop;
    this.policy = policy;
    this.shared = shared;
    this.random = random;
    tcp = new TcpPaths(network, loop, policy, shared, mapped);
  }

  /**
   * Reads which addresses there are now. Never throws.
   *
   * @param again it was done before; a restart often comes because the network has just changed
   */
  void readAddresses(boolean again) {
    try {
      follow(again ? network.localAddresses() : network.recentAddresses());
    } catch (IOException e) {
      trouble = "the local addresses cannot be read: " + e.getMessage();
    }
  }

  /** These are the addresses now; nothing is opened or closed yet. */
  void follow(List<InetAddress> addresses) {
    local = addresses;
    chosen = HostCandidates.choose(addresses, policy);
    hadAddress |= !chosen.isEmpty();
    if (chosen.isEmpty()) {
      trouble = "none of the " + local.size() + " local addresses is " + policy.addresses();
    }
  }

  /** Whether the other side is told at once of addresses that come late. */
  boolean isContinual() {
    return policy.continual();
  }

  /** Tells when there may be other addresses than those read last. */
  Network.Watch watch(Consumer<List<InetAddress>> listener) {
    return network.watchAddresses(loop, local, listener);
  }

  /** Opens what is not open yet. Never throws. */
  GatheredHosts open(HostPort.Session session) {
    var gathered = new GatheredHosts(policy, mapped);
    for (InetAddress address : chosen) {
      PathId path = freePath();
      boolean wanted = !isOpen(address) && ports.size() < MAX_PORTS;
      HostPort port = wanted ? open(address, session, path) : null;
      if (port != null) {
        ufrags.forEach(port::register);
        ports.put(path, port);
        gathered.add(port.localAddress(), path);
      }
    }
    tcp.open(chosen, session).forEach(gathered::addAll);
    return gathered;
  }

  private boolean isOpen(InetAddress address) {
    return ports.values().stream().anyMatch(port -> addressOf(port).equals(address));
  }

  private static InetAddress addressOf(HostPort port) {
    return port.localAddress().getAddress();
  }

  /** The lowest number, so that a host whose addresses change all the time needs few. */
  private PathId freePath() {
    int number = 0;
    while (ports.containsKey(new PathId(number))) {
      number++;
    }
    return new PathId(number);
  }

  /** Closes the ports whose addresses are gone, and tells which paths they had. */
  List<PathId> closeVanished() {
    List<PathId> gone = tcp.closeVanished(local);
    ports.forEach(
        (path, port) -> {
          if (!local.contains(addressOf(port))) {
            gone.add(path);
          }
        });
    for (PathId path : gone) {
      HostPort port = ports.remove(path);
      if (port != null) {
        remember(port.localAddress());
        port.close();
      }
    }
    mapped.values().retainAll(local);
    return gone;
  }

  /** A network that comes back soon is best found where the other side looks for it. */
  private void remember(InetSocketAddress closed) {
    if (formerPorts.size() >= MAX_PORTS) {
      formerPorts.clear();
    }
    formerPorts.put(closed.getAddress(), closed.getPort());
  }

  private @Nullable HostPort open(InetAddress address, HostPort.Session session, PathId path) {
    try {
      if (policy.sharedPort() != 0) {
        var local = new InetSocketAddress(address, policy.sharedPort());
        return shared.join(loop, local, session, path);
      }
      return openOwn(address, new OwnPort(session, path));
    } catch (IOException e) {
      // An address that just went away, or one that may not be bound: the others serve.
      trouble = "no port on " + address.getHostAddress() + ": " + e.getMessage();
      return null;
    }
  }

  private HostPort openOwn(InetAddress address, OwnPort port) throws IOException {
    Integer former = formerPorts.get(address);
    if (former != null) {
      try {
        return port.open(network, loop, new InetSocketAddress(address, former));
      } catch (BindException taken) {
        // Somebody else has it now: any other will do.
      }
    }
    PortRange range = policy.ports();
    if (range.equals(PortRange.ANY)) {
      return port.open(network, loop, new InetSocketAddress(address, 0));
    }
    int begin = random.nextInt(range.size());
    BindException none =
        new BindException("no port of " + range.first() + " to " + range.last() + " is free");
    for (int i = 0; i < Math.min(range.size(), MAX_TRIES); i++) {
      int number = range.first() + (begin + i) % range.size();
      try {
        return port.open(network, loop, new InetSocketAddress(address, number));
      } catch (BindException taken) {
        none.addSuppressed(taken); // by another session or program: the next one may be free
      }
    }
    throw none;
  }

  /** For relays alone: the addresses to ask from, without a port on them. */
  List<ServerGatherer.Host> unopened() {
    List<ServerGatherer.Host> hosts = new ArrayList<>(chosen.size());
    for (InetAddress address : chosen) {
      hosts.add(new ServerGatherer.Host(new PathId(hosts.size()), address, null));
    }
    return hosts;
  }

  /** The open ports, to ask servers from. */
  List<ServerGatherer.Host> hosts() {
    List<ServerGatherer.Host> hosts = new ArrayList<>(ports.size());
    ports.forEach((path, port) -> hosts.add(new ServerGatherer.Host(path, addressOf(port), port)));
    return hosts;
  }

  /** Whether there was an address and is none now. */
  boolean hasLostAll() {
    return hadAddress && chosen.isEmpty();
  }

  /** The last thing that went wrong, in words; empty when nothing did. */
  String trouble() {
    return trouble.isEmpty() ? tcp.trouble() : trouble;
  }

  /** The way out of a path. */
  Network.DatagramSender sender(PathId path) {
    Network.DatagramSender stream = tcp.sender(path);
    HostPort port = ports.get(path);
    return stream != null ? stream : port == null ? GONE : port;
  }

  /** Checks that name this fragment come to the session, too; on ports to come as well. */
  void register(String ufrag) {
    ufrags.add(ufrag);
    ports.values().forEach(port -> port.register(ufrag));
    tcp.register(ufrag);
  }

  void unregister(String ufrag) {
    ufrags.remove(ufrag);
    ports.values().forEach(port -> port.unregister(ufrag));
    tcp.unregister(ufrag);
  }

  void close() {
    ports.values().forEach(HostPort::close);
    tcp.close();
  }
}
