package org.purertc.ice;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * Opens one port for each chosen local address, or takes a place on the shared one; the number of a
 * path is its place in the list.
 */
final class HostGatherer {

  /** A range may be large and full; somebody waits for the candidates. */
  static final int MAX_TRIES = 1_000;

  private final Network network;
  private final Loop loop;
  private final HostPolicy policy;
  private final SharedPorts shared;
  private final RandomGenerator random;
  private final TcpPaths tcp;
  private final List<HostPort> ports = new ArrayList<>(2);
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
    tcp = new TcpPaths(network, loop, policy, shared);
  }

  /** Opens what is not open yet, once and once more for each ICE restart. Never throws. */
  GatheredHosts open(HostPort.Session session) {
    var gathered = new GatheredHosts(policy);
    try {
      List<InetAddress> local = network.localAddresses();
      List<InetAddress> chosen = HostCandidates.choose(local, policy);
      if (chosen.isEmpty()) {
        trouble = "none of the " + local.size() + " local addresses is " + policy.addresses();
      }
      for (InetAddress address : chosen) {
        HostPort port = isOpen(address) ? null : open(address, session);
        if (port != null) {
          ufrags.forEach(port::register);
          gathered.add(port.localAddress(), path(ports.size()));
          ports.add(port);
        }
      }
      tcp.open(chosen, session).forEach(gathered::addAll);
    } catch (IOException e) {
      trouble = "the local addresses cannot be read: " + e.getMessage();
    }
    return gathered;
  }

  private boolean isOpen(InetAddress address) {
    return ports.stream().anyMatch(port -> port.localAddress().getAddress().equals(address));
  }

  private @Nullable HostPort open(InetAddress address, HostPort.Session session) {
    PathId path = path(ports.size());
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

  /** For relays alone: the addresses to ask from, without a port on them. Never throws. */
  List<ServerGatherer.Host> unopened() {
    List<ServerGatherer.Host> hosts = new ArrayList<>(2);
    try {
      for (InetAddress address : HostCandidates.choose(network.localAddresses(), policy)) {
        hosts.add(new ServerGatherer.Host(path(hosts.size()), address, null));
      }
    } catch (IOException e) {
      trouble = "the local addresses cannot be read: " + e.getMessage();
    }
    return hosts;
  }

  /** The open ports, to ask servers from. */
  List<ServerGatherer.Host> hosts() {
    List<ServerGatherer.Host> hosts = new ArrayList<>(ports.size());
    for (HostPort port : ports) {
      InetAddress address = port.localAddress().getAddress();
      hosts.add(new ServerGatherer.Host(path(hosts.size()), address, port));
    }
    return hosts;
  }

  boolean isEmpty() {
    return ports.isEmpty() && tcp.isEmpty();
  }

  /** Whether nothing comes in here unless the other side has a port that takes connections. */
  boolean canOnlyConnect() {
    return ports.isEmpty() && !tcp.takesConnections();
  }

  /** The last thing that went wrong, in words; empty when nothing did. */
  String trouble() {
    return trouble.isEmpty() ? tcp.trouble() : trouble;
  }

  Network.DatagramSender sender(PathId path) {
    Network.DatagramSender stream = tcp.sender(path);
    return stream == null ? ports.get(path.number()) : stream;
  }

  /** Checks that name this fragment come to the session, too; on ports to come as well. */
  void register(String ufrag) {
    ufrags.add(ufrag);
    ports.forEach(port -> port.register(ufrag));
    tcp.register(ufrag);
  }

  void unregister(String ufrag) {
    ufrags.remove(ufrag);
    ports.forEach(port -> port.unregister(ufrag));
    tcp.unregister(ufrag);
  }

  static PathId path(int number) {
    return new PathId(number);
  }

  void close() {
    ports.forEach(HostPort::close);
    tcp.close();
  }
}
