package org.purertc.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** Ports of one address in one JVM: what is sent to one is there in the next turn. */
final class DirectNetwork implements Network {
  private final Map<InetSocketAddress, DatagramReceiver> receivers = new HashMap<>();
  private int nextPort = 49_152;

  /** From now on what is sent is lost, so that only the way to the system call is measured. */
  boolean cut;

  long sentBytes;

  @Override
  public List<InetAddress> localAddresses() {
    return List.of(InetAddress.getLoopbackAddress());
  }

  DatagramReceiver at(InetSocketAddress address) {
    DatagramReceiver receiver = receivers.get(address);
    if (receiver == null) {
      throw new IllegalArgumentException("nobody is at " + address);
    }
    return receiver;
  }

  @Override
  public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver) {
    int number = local.getPort() == 0 ? nextPort++ : local.getPort();
    var bound = new InetSocketAddress(local.getAddress(), number);
    receivers.put(bound, receiver);
    return new Port(loop, bound);
  }

  private final class Port implements DatagramPort {
    private final Loop loop;
    private final InetSocketAddress local;

    Port(Loop loop, InetSocketAddress local) {
      this.loop = loop;
      this.local = local;
    }

    @Override
    public InetSocketAddress localAddress() {
      return local;
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
      sentBytes += length;
      if (!cut) {
        byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
        loop.execute(() -> at(to).onDatagram(copy, 0, length, local, loop.nowNs()));
      }
      return true;
    }

    @Override
    public DatagramPort sender(Loop other, Runnable onWritable) {
      return new Port(other, local);
    }

    @Override
    public void close() {}
  }
}
