package org.purertc.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.Network.DatagramPort;

/** Opens one port for each chosen local address; the number of a path is its place in the list. */
final class HostGatherer {

  private final Network network;
  private final Loop loop;
  private final IceTransports.Addresses addresses;
  private final List<DatagramPort> ports = new ArrayList<>(2);
  private String trouble = "";

  HostGatherer(Network network, Loop loop, IceTransports.Addresses addresses) {
    this.network = network;
    this.loop = loop;
    this.addresses = addresses;
  }

  /** Returns the candidate of each path, in the order of the paths. Never throws. */
  List<IceCandidate> open(UfragRouter.Session session) {
    List<IceCandidate> candidates = new ArrayList<>(2);
    try {
      List<InetAddress> local = network.localAddresses();
      List<InetAddress> chosen = HostCandidates.choose(local, addresses);
      if (chosen.isEmpty()) {
        trouble = "none of the " + local.size() + " local addresses is " + addresses;
      }
      for (InetAddress address : chosen) {
        open(address, session, candidates);
      }
    } catch (IOException e) {
      trouble = "the local addresses cannot be read: " + e.getMessage();
    }
    return candidates;
  }

  private void open(
      InetAddress address, UfragRouter.Session session, List<IceCandidate> candidates) {
    UfragRouter router = new UfragRouter(path(ports.size()));
    router.add(session);
    try {
      DatagramPort port = network.open(loop, new InetSocketAddress(address, 0), router);
      candidates.add(HostCandidates.candidate(port.localAddress(), ports.size()));
      ports.add(port);
    } catch (IOException e) {
      // An address that just went away, or one that may not be bound: the others serve.
      trouble = "no port on " + address.getHostAddress() + ": " + e.getMessage();
    }
  }

  /** For relays alone: the addresses to ask from, without a port on them. Never throws. */
  List<ServerGatherer.Host> unopened() {
    List<ServerGatherer.Host> hosts = new ArrayList<>(2);
    try {
      for (InetAddress address : HostCandidates.choose(network.localAddresses(), addresses)) {
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
    for (DatagramPort port : ports) {
      InetAddress address = port.localAddress().getAddress();
      hosts.add(new ServerGatherer.Host(path(hosts.size()), address, port));
    }
    return hosts;
  }

  boolean isEmpty() {
    return ports.isEmpty();
  }

  /** The last thing that went wrong, in words; empty when nothing did. */
  String trouble() {
    return trouble;
  }

  DatagramPort port(PathId path) {
    return ports.get(path.number());
  }

  static PathId path(int number) {
    return new PathId(number);
  }

  void close() {
    ports.forEach(DatagramPort::close);
  }
}
