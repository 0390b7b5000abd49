package org.purertc.samples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/** The socket that faces one peer. */
final class RelaySide implements AutoCloseable {
  /** The kernel gives what it allows; a burst waits there while the relay works. */
  private static final int SOCKET_BUFFER_BYTES = 16 << 20;

  private final DatagramChannel channel;
  private final @Nullable InetSocketAddress expected;
  private @Nullable InetSocketAddress peer;
  private boolean learnt;

  private RelaySide(DatagramChannel channel, @Nullable InetSocketAddress expected) {
    this.channel = channel;
    this.expected = expected;
    peer = expected != null && expected.getPort() == 0 ? null : expected;
  }

  static RelaySide open(InetAddress listen, @Nullable InetSocketAddress expected, Selector selector)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
      channel.bind(new InetSocketAddress(listen, 0));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      return new RelaySide(channel, expected);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  boolean knowsPeer() {
    return peer != null;
  }

  /** Reads one datagram and tells who sent it, null when there is none. */
  @Nullable InetSocketAddress receive(ByteBuffer into) throws IOException {
    into.clear();
    InetSocketAddress source = (InetSocketAddress) channel.receive(into);
    into.flip();
    return source;
  }

  /**
   * Whether this is the peer of this side. The first datagram decides: a peer whose port was given
   * may send from another address of this host than the one given. The one given may be in another
   * network namespace, or on another host with a port that is not known (0): whoever opens the
   * relay in a program knows.
   */
  boolean isPeer(InetSocketAddress source) {
    if (learnt) {
      return source.equals(peer);
    }
    InetSocketAddress given = expected;
    boolean portFits = given == null || given.getPort() == 0 || given.getPort() == source.getPort();
    boolean isFromGiven = given != null && source.getAddress().equals(given.getAddress());
    if (!portFits || !(isFromGiven || LocalAddress.isLocal(source.getAddress()))) {
      return false;
    }
    peer = source;
    learnt = true;
    return true;
  }

  /** False when the kernel has no room now; the datagram is as before then. */
  boolean send(ByteBuffer datagram) throws IOException {
    return datagram.remaining() == 0
        ? channel.send(datagram, peer) == 0
        : channel.send(datagram, peer) > 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
