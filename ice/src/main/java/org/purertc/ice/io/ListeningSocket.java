package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening TCP socket on the selector of an {@link EventLoop}. */
final class ListeningSocket implements Network.StreamListener, LoopPort {

  /** Connections that the kernel keeps for us; more wait at their own side. */
  private static final int BACKLOG = 128;

  /** The other ports of the loop have their turn, too. */
  private static final int MAX_ACCEPTS_PER_TURN = 64;

  /** Without a file descriptor the socket stays ready: asking again at once is a busy loop. */
  private static final long PAUSE_NS = 200_000_000;

  private final EventLoop loop;
  private final ServerSocketChannel channel;
  private final InetSocketAddress localAddress;
  private final Network.StreamAcceptor acceptor;
  private final SelectionKey key;
  private final Loop.LoopTimer pause;
  private boolean open = true;

  private ListeningSocket(
      EventLoop loop, ServerSocketChannel channel, Network.StreamAcceptor acceptor)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.acceptor = acceptor;
    localAddress = (InetSocketAddress) channel.getLocalAddress();
    pause = loop.timer(nowNs -> resume());
    key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
  }

  static ListeningSocket open(
      EventLoop loop, InetSocketAddress local, Network.StreamAcceptor acceptor) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.bind(local, BACKLOG);
      return new ListeningSocket(loop, channel, acceptor);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  @Override
  public void onReady(long nowNs) {
    for (int i = 0; i < MAX_ACCEPTS_PER_TURN && open; i++) {
      SocketChannel accepted;
      try {
        accepted = channel.accept();
      } catch (IOException e) {
        loop.report("accepting on " + localAddress, e);
        key.interestOps(0);
        pause.set(nowNs + PAUSE_NS);
        return;
      }
      if (accepted == null) {
        return;
      }
      accept(accepted, nowNs);
    }
  }

  private void accept(SocketChannel accepted, long nowNs) {
    TcpConnection connection;
    try {
      connection = TcpConnection.accepted(loop, accepted);
    } catch (IOException gone) {
      try {
        accepted.close(); // it was reset before we came to it
      } catch (IOException e) {
        loop.report("closing an accepted connection", e);
      }
      return;
    }
    acceptor.onAccepted(connection, nowNs);
  }

  private void resume() {
    if (open) {
      key.interestOps(SelectionKey.OP_ACCEPT);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    pause.cancel();
    loop.unregistered();
    try {
      channel.close();
    } catch (IOException e) {
      loop.report("closing the listening socket " + localAddress, e);
    }
    loop.forgetClosed();
  }
}
