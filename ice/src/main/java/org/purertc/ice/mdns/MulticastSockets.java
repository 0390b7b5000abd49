package org.purertc.ice.mdns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.MulticastLink;
import org.purertc.ice.io.Network;
import org.purertc.ice.io.Network.DatagramPort;

/** The sockets of multicast DNS, one on each link of this host. Loop thread only. */
final class MulticastSockets implements Responder.Outlet {

  /** Takes the messages that can be read. */
  interface Receiver {
    void receive(MulticastLink link, DnsMessage message, InetSocketAddress from);
  }

  /** Candidates of one peer come one after the other, and so do peers. */
  static final long LINGER_NS = 2_000_000_000L;

  /** Interfaces come and go, but walking them costs system calls. */
  private static final long LINKS_VALID_NS = 1_000_000_000L;

  private final Network network;
  private final Loop loop;
  private final Receiver receiver;
  private final Map<MulticastLink, DatagramPort> ports = new LinkedHashMap<>();
  private long linksReadNs = Long.MIN_VALUE;
  private long closesNs = Loop.NEVER;
  private String trouble = "";

  MulticastSockets(Network network, Loop loop, Receiver receiver) {
    this.network = network;
    this.loop = loop;
    this.receiver = receiver;
  }

  /**
   * Opens what is not open, and closes what has gone.
   *
   * @return whether there is a way out
   */
  boolean open(long nowNs) {
    if (linksReadNs > nowNs - LINKS_VALID_NS) {
      return !ports.isEmpty();
    }
    linksReadNs = nowNs;
    try {
      List<MulticastLink> links = network.multicastLinks();
      ports.entrySet().removeIf(each -> closedIfGone(each, links));
      trouble = "no network interface has multicast";
      links.forEach(this::open);
    } catch (IOException e) {
      trouble = "the network interfaces cannot be read: " + e.getMessage();
    }
    return !ports.isEmpty();
  }

  private static boolean closedIfGone(
      Map.Entry<MulticastLink, DatagramPort> open, List<MulticastLink> links) {
    boolean gone = !links.contains(open.getKey());
    if (gone) {
      open.getValue().close();
    }
    return gone;
  }

  private void open(MulticastLink link) {
    if (ports.containsKey(link)) {
      return;
    }
    try {
      ports.put(link, network.join(loop, link, group(link), new FromLink(link)));
    } catch (IOException e) {
      // One link without multicast does not keep the others from it.
      trouble = "no multicast on " + link.network() + ": " + e.getMessage();
    }
  }

  /** RFC 6762 section 3. */
  private static InetSocketAddress group(MulticastLink link) {
    boolean ipv6 = link.family() == StandardProtocolFamily.INET6;
    try {
      InetAddress address = InetAddress.getByName(ipv6 ? "ff02::fb" : "224.0.0.251");
      return new InetSocketAddress(address, Responder.PORT);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("a literal is always known", e);
    }
  }

  /** Why there is no way out, or not all. */
  String trouble() {
    return trouble;
  }

  /**
   * Closes all when nobody has needed them for a while.
   *
   * @return whether this call closed them
   */
  boolean closeUnneeded(boolean needed, long nowNs) {
    if (needed || ports.isEmpty()) {
      closesNs = Loop.NEVER;
      return false;
    }
    if (closesNs == Loop.NEVER) {
      closesNs = nowNs + LINGER_NS;
    }
    if (nowNs < closesNs) {
      return false;
    }
    ports.values().forEach(DatagramPort::close);
    ports.clear();
    linksReadNs = Long.MIN_VALUE;
    closesNs = Loop.NEVER;
    return true;
  }

  long closesNs() {
    return closesNs;
  }

  @Override
  public List<MulticastLink> links() {
    return List.copyOf(ports.keySet());
  }

  @Override
  public void multicast(MulticastLink link, byte[] message) {
    unicast(link, message, group(link));
  }

  @Override
  public void unicast(MulticastLink link, byte[] message, InetSocketAddress to) {
    DatagramPort port = ports.get(link);
    if (port != null) {
      port.send(message, 0, message.length, to); // what the kernel does not take is lost
    }
  }

  /** What comes from one link. */
  private final class FromLink implements Network.DatagramReceiver {
    private final MulticastLink link;

    FromLink(MulticastLink link) {
      this.link = link;
    }

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      DnsMessage message = DnsMessage.parse(buffer, offset, length);
      if (message != null) {
        receiver.receive(link, message, from);
      }
    }

    @Override
    public void onWritable(long nowNs) {
      // The next query is sent in its time.
    }
  }
}
