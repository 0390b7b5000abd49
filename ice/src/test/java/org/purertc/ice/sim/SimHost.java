package org.purertc.ice.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.io.Network;

/** One host of a {@link SimNetwork}: what its peers see as their network. */
public final class SimHost implements Network {

  private static final int FIRST_EPHEMERAL_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  private final SimNetwork network;
  private final List<Listener> listeners = new ArrayList<>();
  private List<InetAddress> addresses;
  private @Nullable List<InetAddress> recent;
  private @Nullable InetAddress unusable;
  private final @Nullable SimNat nat;
  private int nextPort = FIRST_EPHEMERAL_PORT;
  private boolean cut;

  /** When the host's link has sent all that is queued. */
  long linkFreeNs;

  SimHost(SimNetwork network, List<InetAddress> addresses, @Nullable SimNat nat) {
    this.nat = nat;
    this.network = network;
    this.addresses = addresses;
  }

  @Override
  public List<InetAddress> localAddresses() {
    return addresses;
  }

  @Override
  public List<InetAddress> recentAddresses() {
    List<InetAddress> kept = recent;
    return kept == null ? addresses : kept;
  }

  /** Whoever is content with addresses of a moment ago gets those of now from now on. */
  public void keepRecentAddresses() {
    recent = addresses;
  }

  /** From now on these are the addresses, best first; ports on others are open and useless. */
  public void setAddresses(String... changed) {
    addresses = Stream.of(changed).map(SimNetwork::literal).toList();
    unusable = null;
    if (nat != null) {
      addresses.forEach(nat::add);
    }
  }

  /** A port can be bound there only from {@link #setAddresses} on, as on a new IPv6 address. */
  public void addUnusable(String address) {
    List<InetAddress> all = new ArrayList<>(addresses);
    all.add(SimNetwork.literal(address));
    addresses = all;
    unusable = SimNetwork.literal(address);
  }

  /** What a look at the addresses does. */
  public void tellWatchers() {
    List<InetAddress> told = addresses;
    for (Listener each : List.copyOf(listeners)) {
      each.loop.execute(
          () -> {
            if (listeners.contains(each)) {
              each.told.accept(told);
            }
          });
    }
  }

  /** How many watch. */
  public int watchers() {
    return listeners.size();
  }

  @Override
  public Watch watchAddresses(
      Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> told) {
    Listener listener = new Listener(loop, told);
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public SimPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException {
    if (!(loop instanceof SimLoop simLoop)) {
      throw new IllegalArgumentException("a simulated host lives on a SimLoop, not on " + loop);
    }
    if (!addresses.contains(local.getAddress()) || local.getAddress().equals(unusable)) {
      throw new BindException(local + " is not an address of this host");
    }
    SimPort port = new SimPort(network, this, simLoop, receiver);
    if (local.getPort() != 0) {
      if (!port.bind(local)) {
        throw new BindException(local + " is in use");
      }
      return port;
    }
    for (int tries = 0; tries <= LAST_PORT - FIRST_EPHEMERAL_PORT; tries++) {
      int number = nextPort;
      nextPort = number == LAST_PORT ? FIRST_EPHEMERAL_PORT : number + 1;
      if (port.bind(new InetSocketAddress(local.getAddress(), number))) {
        return port;
      }
    }
    throw new BindException("no port is free on " + local.getAddress());
  }

  @Override
  public StreamListener listen(Loop loop, InetSocketAddress local, StreamAcceptor acceptor)
      throws IOException {
    return network.streams().listen(this, (SimLoop) loop, local, acceptor);
  }

  @Override
  public StreamConnection connect(
      Loop loop,
      @Nullable InetSocketAddress local,
      InetSocketAddress remote,
      StreamReceiver receiver) {
    var from = local == null ? new InetSocketAddress(addresses.get(0), 0) : local;
    return network.streams().connect(this, (SimLoop) loop, from, remote, receiver);
  }

  /** One for each family: all hosts of a network, or behind one NAT, are on one link. */
  @Override
  public List<MulticastLink> multicastLinks() {
    return addresses.stream()
        .map(SimHost::family)
        .distinct()
        .map(family -> new MulticastLink("sim", 1, family))
        .toList();
  }

  @Override
  public DatagramPort join(
      Loop loop, MulticastLink link, InetSocketAddress group, DatagramReceiver receiver)
      throws IOException {
    for (InetAddress address : addresses) {
      if (family(address) == link.family()) {
        SimPort port = open(loop, new InetSocketAddress(address, group.getPort()), receiver);
        network.join(group, port);
        return port;
      }
    }
    throw new BindException("no address for " + link);
  }

  private static ProtocolFamily family(InetAddress address) {
    boolean ipv6 = address instanceof Inet6Address;
    return ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  /** From now on nothing leaves or reaches this host. */
  public void cut() {
    cut = true;
  }

  public void restore() {
    cut = false;
  }

  /** Null for a host that is on the network itself. */
  @Nullable SimNat nat() {
    return nat;
  }

  boolean isCut() {
    return cut;
  }

  /** Whether nothing goes in or out there. */
  boolean isDown(InetAddress address) {
    return cut || !addresses.contains(address);
  }

  private record Listener(Loop loop, Consumer<List<InetAddress>> told) {}
}
