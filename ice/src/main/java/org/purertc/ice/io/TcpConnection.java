package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/** A TCP connection on the selector of an {@link EventLoop}. */
final class TcpConnection implements Network.StreamConnection, LoopPort {

  /** What may wait for the kernel: about a second of video. */
  static final int MAX_WAITING_BYTES = 512 * 1024;

  /** Reads of one connection in one turn, each of the size of the loop's buffer. */
  private static final int MAX_READS_PER_TURN = 4;

  private final EventLoop loop;
  private final SocketChannel channel;
  private final InetSocketAddress localAddress;
  private final InetSocketAddress remoteAddress;
  private final Network.StreamReceiver receiver;
  private final SelectionKey key;
  private final StreamQueue queue;
  private boolean connected;
  private boolean open = true;

  /** An error of a send, told in a turn of its own: callers of send expect no call back. */
  private @Nullable String failure;

  private TcpConnection(
      EventLoop loop,
      SocketChannel channel,
      InetSocketAddress remote,
      Network.StreamReceiver receiver)
      throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.receiver = receiver;
    localAddress = (InetSocketAddress) channel.getLocalAddress();
    remoteAddress = remote;
    queue = new StreamQueue(channel::write, loop.sendBuffer(), MAX_WAITING_BYTES);
    key = loop.register(channel, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
  }

  static TcpConnection connect(
      EventLoop loop,
      @Nullable InetSocketAddress local,
      InetSocketAddress remote,
      Network.StreamReceiver receiver)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (local != null) {
        channel.bind(local);
      }
      boolean connected = channel.connect(remote);
      TcpConnection connection = new TcpConnection(loop, channel, remote, receiver);
      if (connected) {
        loop.execute(() -> connection.opened(loop.nowNs()));
      }
      return connection;
    } catch (UnresolvedAddressException | UnsupportedAddressTypeException e) {
      channel.close();
      throw new IOException("cannot connect to " + remote, e);
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
  public InetSocketAddress remoteAddress() {
    return remoteAddress;
  }

  @Override
  public int roomBytes() {
    return queue.roomBytes();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length) {
    if (!open || failure != null) {
      return true;
    }
    try {
      queue.send(buffer, offset, length, connected);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      failure = reason;
      loop.execute(() -> fail(reason, loop.nowNs()));
      return true;
    }
    if (connected) {
      listen();
    }
    return queue.isEmpty();
  }

  private void listen() {
    int wanted =
        queue.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  @Override
  public void onReady(long nowNs) {
    try {
      if (open && key.isConnectable()) {
        channel.finishConnect();
        opened(nowNs);
      }
      if (open && connected && key.isReadable()) {
        read(nowNs);
      }
      if (open && connected && key.isWritable() && queue.flush()) {
        listen();
        receiver.onWritable(nowNs);
      }
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()), nowNs);
    }
  }

  private void opened(long nowNs) {
    if (!open) {
      return;
    }
    connected = true;
    listen();
    receiver.onConnected(nowNs);
  }

  private void read(long nowNs) throws IOException {
    byte[] bytes = loop.receiveBytes();
    ByteBuffer buffer = loop.receiveBuffer();
    for (int i = 0; i < MAX_READS_PER_TURN && open; i++) {
      buffer.clear();
      int length = channel.read(buffer);
      if (length < 0) {
        fail("the remote side closed the connection", nowNs);
        return;
      }
      if (length == 0) {
        return;
      }
      receiver.onBytes(bytes, 0, length, nowNs);
    }
  }

  private void fail(String reason, long nowNs) {
    if (open) {
      release();
      receiver.onClosed(reason, nowNs);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    try {
      if (connected) {
        queue.flush();
      }
    } catch (IOException e) {
      failure = e.getMessage(); // it is over either way
    }
    release();
  }

  private void release() {
    open = false;
    queue.clear();
    loop.unregistered();
    try {
      channel.close();
    } catch (IOException e) {
      loop.report("closing the connection to " + remoteAddress, e);
    }
  }
}
