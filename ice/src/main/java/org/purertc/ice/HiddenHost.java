package org.purertc.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;
import org.purertc.ice.mdns.LocalName;
import org.purertc.ice.mdns.MulticastDns;

/**
 * A host whose ports have names of multicast DNS: their addresses are made with the name, and
 * whoever tells an address tells that, draft-ietf-mmusic-mdns-ice-candidates section 3.1. Loopback
 * has none: it tells nothing, and nobody else could reach it.
 */
final class HiddenHost implements Network {

  private final Network network;
  private final MulticastDns names;

  HiddenHost(Network network, MulticastDns names) {
    this.network = network;
    this.names = names;
  }

  @Override
  public List<InetAddress> localAddresses() throws IOException {
    return network.localAddresses();
  }

  @Override
  public List<InetAddress> recentAddresses() throws IOException {
    return network.recentAddresses();
  }

  @Override
  public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException {
    DatagramPort port = network.open(loop, local, receiver);
    InetAddress address = local.getAddress();
    if (address.isLoopbackAddress()) {
      return port;
    }
    LocalName name = names.announce(address, loop);
    return new NamedPort(port, name, () -> names.withdraw(address));
  }

  @Override
  public StreamListener listen(Loop loop, InetSocketAddress local, StreamAcceptor acceptor)
      throws IOException {
    StreamListener listener = network.listen(loop, local, acceptor);
    InetAddress address = local.getAddress();
    if (address.isLoopbackAddress()) {
      return listener;
    }
    LocalName name = names.announce(address, loop);
    return new NamedListener(listener, name, () -> names.withdraw(address));
  }

  /** Told to nobody: nothing comes in where connections begin. */
  @Override
  public StreamConnection connect(
      Loop loop,
      @Nullable InetSocketAddress local,
      InetSocketAddress remote,
      StreamReceiver receiver)
      throws IOException {
    return network.connect(loop, local, remote, receiver);
  }

  @Override
  public Watch watchAddresses(
      Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> listener) {
    return network.watchAddresses(loop, known, listener);
  }

  /** A port with a name, which is withdrawn when it is closed. */
  private static final class NamedPort implements DatagramPort {
    private final DatagramPort port;
    private final LocalName name;
    private final Runnable withdraw;
    private boolean closed;

    NamedPort(DatagramPort port, LocalName name, Runnable withdraw) {
      this.port = port;
      this.name = name;
      this.withdraw = withdraw;
    }

    @Override
    public InetSocketAddress localAddress() {
      InetSocketAddress address = port.localAddress();
      return name.at(address.getAddress(), address.getPort());
    }

    @Override
    public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
      return port.send(buffer, offset, length, to);
    }

    @Override
    public DatagramPort sender(Loop loop, Runnable onWritable) {
      return new NamedPort(port.sender(loop, onWritable), name, () -> {});
    }

    @Override
    public void close() {
      port.close();
      if (!closed) {
        closed = true;
        withdraw.run();
      }
    }
  }

  /** A port that takes connections, with a name. */
  private static final class NamedListener implements StreamListener {
    private final StreamListener listener;
    private final LocalName name;
    private final Runnable withdraw;
    private boolean closed;

    NamedListener(StreamListener listener, LocalName name, Runnable withdraw) {
      this.listener = listener;
      this.name = name;
      this.withdraw = withdraw;
    }

    @Override
    public InetSocketAddress localAddress() {
      InetSocketAddress address = listener.localAddress();
      return name.at(address.getAddress(), address.getPort());
    }

    @Override
    public void close() {
      listener.close();
      if (!closed) {
        closed = true;
        withdraw.run();
      }
    }
  }
}
