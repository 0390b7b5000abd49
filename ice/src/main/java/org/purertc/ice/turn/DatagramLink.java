package org.purertc.ice.turn;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/**
 * A UDP port of its own to one server. RFC 8656 section 5 knows an allocation by both addresses, so
 * that one port could have one allocation on a server only, whoever shares it.
 */
final class DatagramLink implements ServerLink, Network.DatagramReceiver {

  private final InetSocketAddress server;
  private final Listener listener;
  private Network.@Nullable DatagramPort port;

  private DatagramLink(InetSocketAddress server, Listener listener) {
    this.server = server;
    this.listener = listener;
  }

  static DatagramLink open(
      Network network, Loop loop, InetAddress local, InetSocketAddress server, Listener listener)
      throws IOException {
    DatagramLink link = new DatagramLink(server, listener);
    link.port = network.open(loop, new InetSocketAddress(local, 0), link);
    loop.execute(() -> link.opened(loop.nowNs()));
    return link;
  }

  private void opened(long nowNs) {
    if (port != null) {
      listener.onOpen(nowNs);
    }
  }

  private Network.DatagramPort port() {
    Network.DatagramPort open = port;
    if (open == null) {
      throw new IllegalStateException("the port to " + server + " is not open");
    }
    return open;
  }

  @Override
  public InetSocketAddress localAddress() {
    return port().localAddress();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    Network.DatagramPort open = port;
    return open == null || open.send(buffer, offset, length, server);
  }

  @Override
  public boolean isReliable() {
    return false;
  }

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    if (from.equals(server)) {
      listener.onMessage(buffer, offset, length, nowNs);
    }
  }

  @Override
  public void onWritable(long nowNs) {
    listener.onWritable(nowNs);
  }

  @Override
  public void close() {
    Network.DatagramPort open = port;
    port = null;
    if (open != null) {
      open.close();
    }
  }
}
