package org.purertc.ice.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** This host's network on NIO datagram channels; its ports live on {@link EventLoop}s. */
public final class NioNetwork implements Network {

  @Override
  public List<InetAddress> localAddresses() {
    throw new UnsupportedOperationException("skeleton");
  }

  @Override
  public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver) {
    throw new UnsupportedOperationException("skeleton");
  }
}
