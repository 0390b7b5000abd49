package org.purertc.ice.io;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** The multicast of this host: its links, and ports that have joined a group on one of them. */
final class MulticastPorts {

  /** RFC 6762 section 11: what has come from another network would have a lower one. */
  private static final int HOP_LIMIT = 255;

  private MulticastPorts() {}

  /** Those with an address that candidates can be made of. */
  static List<MulticastLink> links(Predicate<String> interfaces) throws IOException {
    List<MulticastLink> links = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (interfaces.test(each.getName()) && carriesMulticast(each)) {
        for (StandardProtocolFamily family : StandardProtocolFamily.values()) {
          boolean used =
              each.inetAddresses().anyMatch(a -> LocalAddresses.isUsable(a) && isOf(family, a));
          if (used && links.size() < Network.MAX_MULTICAST_LINKS) {
            links.add(new MulticastLink(each.getName(), each.getIndex(), family));
          }
        }
      }
    }
    return links;
  }

  private static boolean carriesMulticast(NetworkInterface network) {
    try {
      return network.isUp()
          && network.supportsMulticast()
          && !network.isLoopback()
          && !network.isPointToPoint();
    } catch (SocketException gone) {
      return false;
    }
  }

  private static boolean isOf(ProtocolFamily family, InetAddress address) {
    return family == UdpPort.family(address);
  }

  static UdpPort join(
      EventLoop loop,
      MulticastLink link,
      InetSocketAddress group,
      Network.DatagramReceiver receiver)
      throws IOException {
    NetworkInterface network = NetworkInterface.getByIndex(link.index());
    if (network == null) {
      throw new SocketException("there is no interface " + link.network());
    }
    DatagramChannel channel = DatagramChannel.open(link.family());
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, HOP_LIMIT);
      bind(channel, group, network);
      channel.join(group.getAddress(), network);
      return UdpPort.of(
          loop, channel, group, new OnLink(network.getInterfaceAddresses(), receiver));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * To the group's address where the system can: what comes to an address of this host is then left
   * to the other programs that share the port, and nobody from afar reaches us.
   */
  private static void bind(
      DatagramChannel channel, InetSocketAddress group, NetworkInterface network)
      throws IOException {
    InetAddress address = group.getAddress();
    if (address instanceof Inet6Address) {
      // A link-local address means nothing without its link.
      address = Inet6Address.getByAddress(null, address.getAddress(), network);
    }
    try {
      channel.bind(new InetSocketAddress(address, group.getPort()));
    } catch (SocketException cannot) {
      channel.bind(new InetSocketAddress(group.getPort()));
    }
  }

  /** RFC 6762 section 11: what does not come from the link is not for us. */
  private record OnLink(List<InterfaceAddress> prefixes, Network.DatagramReceiver receiver)
      implements Network.DatagramReceiver {

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      if (isOnLink(prefixes, from.getAddress())) {
        receiver.onDatagram(buffer, offset, length, from, nowNs);
      }
    }

    @Override
    public void onWritable(long nowNs) {
      receiver.onWritable(nowNs);
    }
  }

  /** Whether an address is in the network of one of these. */
  static boolean isOnLink(List<InterfaceAddress> prefixes, InetAddress address) {
    for (InterfaceAddress each : prefixes) {
      if (hasPrefix(address.getAddress(), each.getAddress(), each.getNetworkPrefixLength())) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPrefix(byte[] address, InetAddress network, int bits) {
    byte[] prefix = network.getAddress();
    if (prefix.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if (((prefix[i / 8] ^ address[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
