package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** This host's network on NIO channels; its ports live on {@link EventLoop}s. */
public final class NioNetwork implements Network, AutoCloseable {

  /** Walking the interfaces costs system calls for each: a burst of new peers shares one walk. */
  private static final long RECENT_NS = 50_000_000L;

  private record Snapshot(List<InetAddress> addresses, long takenAtNs) {}

  private final Predicate<String> interfaces;
  private final AddressWatch watch;
  private volatile @Nullable Snapshot latest;

  /** All interfaces; changes of their addresses are not looked for. */
  public NioNetwork() {
    this(name -> true, Duration.ZERO);
  }

  /**
   * @param interfaces which interfaces of this host are used, by name; called from any loop
   * @param watchInterval how often the addresses are looked at while somebody watches them; zero
   *     for never
   */
  public NioNetwork(Predicate<String> interfaces, Duration watchInterval) {
    this.interfaces = interfaces;
    watch = new AddressWatch(this::localAddresses, watchInterval.toNanos());
  }

  /**
   * {@inheritDoc}
   *
   * <p>All addresses of interfaces that are up, without IPv6 link-local ones, as browsers do. May
   * be called from any thread.
   */
  @Override
  public List<InetAddress> localAddresses() throws IOException {
    List<InetAddress> addresses = LocalAddresses.ofThisHost(interfaces);
    Snapshot before = latest;
    // The same list as before where nothing changed: those who know it compare it quickly.
    List<InetAddress> kept =
        before != null && before.addresses.equals(addresses) ? before.addresses : addresses;
    latest = new Snapshot(kept, System.nanoTime());
    return kept;
  }

  @Override
  public List<InetAddress> recentAddresses() throws IOException {
    Snapshot known = latest;
    return known != null && System.nanoTime() - known.takenAtNs < RECENT_NS
        ? known.addresses
        : localAddresses();
  }

  @Override
  public Watch watchAddresses(
      Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> listener) {
    return watch.add(loop, known, listener);
  }

  /** Ends the thread that watches addresses; what is open stays open. */
  @Override
  public void close() {
    watch.close();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the loop is no {@link EventLoop}, or the address is the
   *     wildcard: Java does not tell to which local address a datagram came, so that ICE could not
   *     answer from it
   */
  @Override
  public DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException {
    EventLoop eventLoop = eventLoop(loop, "NioNetwork.open");
    if (local.isUnresolved() || local.getAddress().isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          "cannot open a port on " + local + ": give one address of this host");
    }
    return UdpPort.open(eventLoop, local, receiver);
  }

  @Override
  public StreamConnection connect(
      Loop loop,
      @Nullable InetSocketAddress local,
      InetSocketAddress remote,
      StreamReceiver receiver)
      throws IOException {
    return TcpConnection.connect(eventLoop(loop, "NioNetwork.connect"), local, remote, receiver);
  }

  @Override
  public StreamListener listen(Loop loop, InetSocketAddress local, StreamAcceptor acceptor)
      throws IOException {
    return ListeningSocket.open(eventLoop(loop, "NioNetwork.listen"), local, acceptor);
  }

  @Override
  public List<MulticastLink> multicastLinks() throws IOException {
    return MulticastPorts.links(interfaces);
  }

  @Override
  public DatagramPort join(
      Loop loop, MulticastLink link, InetSocketAddress group, DatagramReceiver receiver)
      throws IOException {
    return MulticastPorts.join(eventLoop(loop, "NioNetwork.join"), link, group, receiver);
  }

  private static EventLoop eventLoop(Loop loop, String call) {
    EventLoop eventLoop = eventLoop(loop);
    eventLoop.requireLoop(call);
    return eventLoop;
  }

  static EventLoop eventLoop(Loop loop) {
    if (!(loop instanceof EventLoop eventLoop)) {
      throw new IllegalArgumentException(
          "NioNetwork opens ports on an EventLoop only, not on a " + loop.getClass().getName());
    }
    return eventLoop;
  }
}
