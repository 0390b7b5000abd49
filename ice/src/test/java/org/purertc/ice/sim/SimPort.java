package org.purertc.ice.sim;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** A bound port of a {@link SimHost}. */
public final class SimPort implements Network.DatagramPort {

  private final SimNetwork network;
  private final SimHost host;
  private final SimLoop loop;
  private final Network.DatagramReceiver receiver;
  private @Nullable InetSocketAddress local;
  private boolean closed;

  /** Datagrams of one port arrive in order unless the network reorders them. */
  long lastArrivalNs;

  SimPort(SimNetwork network, SimHost host, SimLoop loop, Network.DatagramReceiver receiver) {
    this.network = network;
    this.host = host;
    this.loop = loop;
    this.receiver = receiver;
  }

  boolean bind(InetSocketAddress address) {
    if (!network.bind(address, this)) {
      return false;
    }
    local = address;
    return true;
  }

  @Override
  public InetSocketAddress localAddress() {
    InetSocketAddress address = local;
    if (address == null) {
      throw new IllegalStateException("the port is not bound");
    }
    return address;
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    if (!closed) {
      network.send(this, Arrays.copyOfRange(buffer, offset, offset + length), to, loop);
    }
    return true;
  }

  /** All loops of a simulation have one thread, and nothing ever waits. */
  @Override
  public Network.DatagramPort sender(Loop other, Runnable onWritable) {
    return this;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      network.unbind(localAddress());
    }
  }

  /** Whether its host is cut off, or has this address no more. */
  boolean isDown() {
    return host.isDown(localAddress().getAddress());
  }

  SimHost host() {
    return host;
  }

  Network.DatagramReceiver receiver() {
    return receiver;
  }
}
