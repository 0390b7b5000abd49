package org.purertc.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.Network.DatagramSender;

/**
 * The TCP candidates of one transport, RFC 6544: for each local address one that opens connections
 * and, with a listening port, one that takes them.
 */
final class TcpPaths {

  /** Counted down from here; other paths count up from 0. */
  private static final int FIRST_PATH = -1;

  private final Network network;
  private final Loop loop;
  private final HostPolicy policy;
  private final SharedPorts shared;
  private final Map<NatMapping, InetAddress> mapped;
  private final List<LocalEnd> ends = new ArrayList<>(2);
  private final List<String> ufrags = new ArrayList<>(1);
  private String trouble = "";
  private int nextPath = FIRST_PATH;
  private boolean closed;

  /** One local candidate's end. */
  private record LocalEnd(
      InetAddress address, PathId id, TcpPath path, @Nullable ListeningPort port) {}

  /**
   * @param mapped which local address has which NAT mapping; grows
   */
  TcpPaths(
      Network network,
      Loop loop,
      HostPolicy policy,
      SharedPorts shared,
      Map<NatMapping, InetAddress> mapped) {
    this.mapped = mapped;
    this.network = network;
    this.loop = loop;
    this.policy = policy;
    this.shared = shared;
  }

  /** Makes the candidates of those local addresses, best first, that have none yet. */
  List<GatheredHosts> open(List<InetAddress> addresses, HostPort.Session session) {
    var passive = new GatheredHosts(policy, mapped, TcpType.PASSIVE);
    var active = new GatheredHosts(policy, mapped, TcpType.ACTIVE);
    for (int rank = 0; rank < addresses.size(); rank++) {
      InetAddress address = addresses.get(rank);
      if (policy.tcpPort() != 0 && !has(address, true)) {
        listen(address, session, passive, rank);
      }
      if (policy.activeTcp() && !has(address, false)) {
        var local = new InetSocketAddress(address, 0);
        TcpPath.Opener opener =
            (remote, receiver) -> network.connect(loop, local, remote, receiver);
        LocalEnd end = end(address, opener, session, null);
        active.add(new InetSocketAddress(address, TcpType.ACTIVE_PORT), end.id, rank);
      }
    }
    return List.of(passive, active);
  }

  private LocalEnd end(
      InetAddress address,
      TcpPath.@Nullable Opener opener,
      HostPort.Session session,
      @Nullable ListeningPort port) {
    PathId id = new PathId(nextPath--);
    LocalEnd end = new LocalEnd(address, id, new TcpPath(loop, id, opener, session), port);
    ends.add(end);
    return end;
  }

  private boolean has(InetAddress address, boolean passive) {
    return ends.stream()
        .anyMatch(end -> end.address.equals(address) && (end.port != null) == passive);
  }

  private void listen(
      InetAddress address, HostPort.Session session, GatheredHosts gathered, int rank) {
    var local = new InetSocketAddress(address, policy.tcpPort());
    try {
      ListeningPort port = shared.listen(loop, local);
      LocalEnd end = end(address, null, session, port);
      ufrags.forEach(ufrag -> port.register(ufrag, end.path));
      gathered.add(port.localAddress(), end.id, rank);
    } catch (IOException e) {
      trouble = "no TCP port on " + address.getHostAddress() + ": " + e.getMessage();
    }
  }

  /** The last thing that went wrong, in words; empty when nothing did. */
  String trouble() {
    return trouble;
  }

  /** The way out of a path; null when it is none of these. */
  @Nullable DatagramSender sender(PathId path) {
    for (LocalEnd end : ends) {
      if (end.id.equals(path)) {
        return end.path;
      }
    }
    return null;
  }

  /** Connections whose first check names this fragment are ours; on ports to come as well. */
  void register(String ufrag) {
    ufrags.add(ufrag);
    for (LocalEnd end : ends) {
      if (end.port != null) {
        end.port.register(ufrag, end.path);
      }
    }
  }

  void unregister(String ufrag) {
    ufrags.remove(ufrag);
    for (LocalEnd end : ends) {
      if (end.port != null) {
        end.port.unregister(ufrag, end.path);
      }
    }
  }

  /** Closes the ends whose addresses are not among these, and tells which paths they had. */
  List<PathId> closeVanished(List<InetAddress> present) {
    List<PathId> gone = new ArrayList<>(0);
    for (LocalEnd end : List.copyOf(ends)) {
      if (!present.contains(end.address)) {
        ends.remove(end);
        gone.add(end.id);
        close(end);
      }
    }
    return gone;
  }

  void close() {
    if (!closed) {
      closed = true;
      ends.forEach(this::close);
    }
  }

  private void close(LocalEnd end) {
    end.path.close();
    if (end.port != null) {
      ufrags.forEach(ufrag -> end.port.unregister(ufrag, end.path));
      shared.stopListening(new InetSocketAddress(end.address, policy.tcpPort()));
    }
  }
}
