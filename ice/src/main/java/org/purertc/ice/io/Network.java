package org.purertc.ice.io;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where datagrams and streams come from and go to: this host's network, or a simulated one. */
public interface Network {

  /** The addresses of this host that candidates can be made of, loopback included, best first. */
  List<InetAddress> localAddresses() throws IOException;

  /** The same, maybe of a moment ago, where many ask at once. */
  default List<InetAddress> recentAddresses() throws IOException {
    return localAddresses();
  }

  /**
   * Tells when {@link #localAddresses} changes; soon after it, not at once. Loop thread only. A
   * network whose addresses stay, or that does not look, tells nothing.
   *
   * @param known the addresses that the listener has seen
   * @param listener called on the loop, never inside this call, with all addresses; maybe more than
   *     once with the same ones
   */
  default Watch watchAddresses(
      Loop loop, List<InetAddress> known, Consumer<List<InetAddress>> listener) {
    return () -> {};
  }

  /** Ends what {@link #watchAddresses} began: its listener hears nothing more. Loop thread only. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Opens a datagram port on one local address. Loop thread only.
   *
   * @param local the address and port to bind; port 0 means any
   * @param receiver called on the loop for each datagram
   */
  DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException;

  /**
   * Begins to open a stream connection; returns at once. Loop thread only.
   *
   * @param local the address to connect from, port 0 means any; null leaves the choice to the
   *     system
   * @param receiver called on the loop, never inside this call
   * @throws IOException when it cannot even be tried, as in a network without streams
   */
  default StreamConnection connect(
      Loop loop,
      @Nullable InetSocketAddress local,
      InetSocketAddress remote,
      StreamReceiver receiver)
      throws IOException {
    throw new ConnectException("this network has no streams to " + remote);
  }

  /**
   * Listens for stream connections on one local address. Loop thread only.
   *
   * @param local the address and port to bind; port 0 means any
   * @param acceptor called on the loop for each connection
   * @throws IOException when it cannot, as in a network without streams
   */
  default StreamListener listen(Loop loop, InetSocketAddress local, StreamAcceptor acceptor)
      throws IOException {
    throw new BindException("this network has no streams to " + local);
  }

  /** A port that takes stream connections. Loop thread only. */
  interface StreamListener extends AutoCloseable {

    InetSocketAddress localAddress();

    /** Takes no more connections; those that were accepted stay. */
    @Override
    void close();
  }

  /** Whoever takes the connections of a port. */
  @FunctionalInterface
  interface StreamAcceptor {

    /** Takes, hands over or closes the connection, of which nothing is read before. */
    void onAccepted(AcceptedConnection connection, long nowNs);
  }

  /** A connection that somebody else opened. */
  interface AcceptedConnection extends StreamConnection {

    /**
     * Gives the connection away, to this loop or another one, before anything is sent on it: what
     * comes from now on comes there. This object is dead then.
     */
    void handTo(Loop loop, StreamTaker taker);
  }

  /** Whoever an accepted connection is handed to. */
  @FunctionalInterface
  interface StreamTaker {

    /**
     * Called on the loop of the new owner, in a turn of its own.
     *
     * @return who is told what comes; {@link StreamReceiver#onConnected} is not called
     */
    StreamReceiver take(AcceptedConnection connection, long nowNs);
  }

  /** Where multicast goes out of this host, at most {@value #MAX_MULTICAST_LINKS}. */
  default List<MulticastLink> multicastLinks() throws IOException {
    return List.of();
  }

  /** A host with more links than this has them left out. */
  int MAX_MULTICAST_LINKS = 16;

  /**
   * Joins a group of hosts on one link. Loop thread only.
   *
   * @param group of the link's family; its port is shared with whoever else on this host wants it
   * @param receiver called on the loop for each datagram that comes from the link
   * @return a port that sends over the link
   */
  default DatagramPort join(
      Loop loop, MulticastLink link, InetSocketAddress group, DatagramReceiver receiver)
      throws IOException {
    throw new ConnectException("this network has no multicast to " + group);
  }

  /** Takes what one stream connection brings. */
  interface StreamReceiver {

    /** The connection is open. */
    void onConnected(long nowNs);

    /** The next bytes, cut anywhere. The buffer is valid during the call only. */
    void onBytes(byte[] buffer, int offset, int length, long nowNs);

    /** The connection takes bytes again, after {@link StreamConnection#send} said no. */
    void onWritable(long nowNs);

    /**
     * The connection could not be opened, failed, or the remote side closed it. Nothing comes after
     * it, and it does not come after {@link StreamConnection#close}.
     */
    void onClosed(String reason, long nowNs);
  }

  /** One stream of bytes each way. Loop thread only. */
  interface StreamConnection extends AutoCloseable {

    InetSocketAddress localAddress();

    InetSocketAddress remoteAddress();

    /**
     * Sends bytes, or keeps them until the kernel takes them; before the connection is open they
     * wait. Bytes that do not fit into what is {@link #roomBytes} are dropped as a whole, so that
     * messages stay whole.
     *
     * @return false when bytes wait: the caller should stop producing until {@link
     *     StreamReceiver#onWritable}
     */
    boolean send(byte[] buffer, int offset, int length);

    /** How many bytes {@link #send} takes now. */
    int roomBytes();

    /** Sends what waits if the kernel takes it at once, and closes. */
    @Override
    void close();
  }

  /** Takes the datagrams of one port. */
  interface DatagramReceiver {

    /** The buffer is valid during the call only. */
    void onDatagram(byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs);

    /** The port accepts datagrams again, after {@link DatagramPort#send} said no. */
    void onWritable(long nowNs);
  }

  /** A way out for datagrams: a port, or an address on a relay. Loop thread only. */
  interface DatagramSender {

    /**
     * Sends one datagram; it may be lost.
     *
     * @return false when the caller should stop producing until it is told that there is room
     */
    boolean send(byte[] buffer, int offset, int length, InetSocketAddress to);
  }

  /** One bound datagram port. Loop thread only. */
  interface DatagramPort extends DatagramSender, AutoCloseable {

    InetSocketAddress localAddress();

    /**
     * Sends one datagram, or keeps it until the kernel takes it. A datagram that the kernel refuses
     * with an error is lost, as on the network, and counted.
     *
     * @return false when the port now holds datagrams that wait for the kernel: the caller should
     *     stop producing until {@link DatagramReceiver#onWritable}
     */
    @Override
    boolean send(byte[] buffer, int offset, int length, InetSocketAddress to);

    /**
     * A way out of this port for another loop, whose thread alone may use and close it. What comes
     * in is read on the port's own loop all the same. Called on that other loop.
     *
     * @param onWritable called on that loop when its way takes datagrams again, after it said no
     */
    DatagramPort sender(Loop loop, Runnable onWritable);

    @Override
    void close();
  }
}
