package org.purertc.ice.sim;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.io.Network;

/** One host of a {@link SimNetwork}: what its peers see as their network. */
public final class SimHost implements Network {

  private static final int FIRST_EPHEMERAL_PORT = 49_152;
  private static final int LAST_PORT = 65_535;

  private final SimNetwork network;
  private final List<InetAddress> addresses;
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
  public SimPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException {
    if (!(loop instanceof SimLoop simLoop)) {
      throw new IllegalArgumentException("a simulated host lives on a SimLoop, not on " + loop);
    }
    if (!addresses.contains(local.getAddress())) {
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
}
