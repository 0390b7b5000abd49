package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A TCP connection on the selector of an {@link EventLoop}. */
final class TcpConnection implements Network.AcceptedConnection, LoopPort {

  /** What may wait for the kernel: about a second of video. */
  static final int MAX_WAITING_BYTES = 512 * 1024;

  /** Reads of one connection in one turn, each of the size of the loop's buffer. */
  private static final int MAX_READS_PER_TURN = 4;

  /** Nothing is read for it. */
  private static final Network.StreamReceiver NOBODY =
      new Network.StreamReceiver() {
        @Override
        public void onConnected(long nowNs) {}

        @Override
        public void onBytes(byte[] buffer, int offset, int length, long nowNs) {}

        @Override
        public void onWritable(long nowNs) {}

        @Override
        public void onClosed(String reason, long nowNs) {}
      };

  private final EventLoop loop;
  private final SocketChannel channel;
  private final InetSocketAddress localAddress;
  private final InetSocketAddress remoteAddress;
  private Network.StreamReceiver receiver;
  private final StreamQueue queue;

  /** Null while nothing is to be read. */
  private @Nullable SelectionKey key;

  private boolean connected;
  private boolean open = true;

  /** An error of a send, told in a turn of its own: callers of send expect no call back. */
  private @Nullable String failure;

  private TcpConnection(
      EventLoop loop,
      SocketChannel channel,
      InetSocketAddress local,
      InetSocketAddress remote,
      Network.StreamReceiver receiver) {
    this.loop = loop;
    this.channel = channel;
    this.receiver = receiver;
    localAddress = local;
    remoteAddress = remote;
    queue = new StreamQueue(channel::write, loop.sendBuffer(), MAX_WAITING_BYTES);
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
      var bound = (InetSocketAddress) channel.getLocalAddress();
      TcpConnection connection = new TcpConnection(loop, channel, bound, remote, receiver);
      connection.key = loop.register(channel, SelectionKey.OP_CONNECT, connection);
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

  /** One that somebody else opened; nothing is read before it has been handed to a receiver. */
  static TcpConnection accepted(EventLoop loop, SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var local = (InetSocketAddress) channel.getLocalAddress();
    var remote = (InetSocketAddress) channel.getRemoteAddress();
    return new TcpConnection(loop, channel, local, remote, NOBODY);
  }

  @Override
  public void handTo(Loop to, Network.StreamTaker taker) {
    if (!open) {
      return;
    }
    open = false;
    EventLoop target = NioNetwork.eventLoop(to);
    var handed = new TcpConnection(target, channel, localAddress, remoteAddress, NOBODY);
    SelectionKey kept = key;
    if (kept != null && target == loop) {
      // A channel whose key was cancelled cannot come back before the selector has run.
      kept.interestOps(0);
      key = null;
      handed.key = kept;
    } else {
      leaveSelector();
    }
    try {
      target.execute(() -> handed.begin(taker, target.nowNs()));
    } catch (RejectedExecutionException e) {
      handed.release(); // without a selector nobody lives there
    }
  }

  /** On the loop that the connection was handed to. */
  private void begin(Network.StreamTaker taker, long nowNs) {
    connected = true;
    receiver = taker.take(this, nowNs);
    if (!open) {
      return;
    }
    try {
      SelectionKey kept = key;
      if (kept == null) {
        key = loop.register(channel, SelectionKey.OP_READ, this);
      } else {
        kept.attach(this);
      }
      listen(); // the taker may have sent something
    } catch (IOException e) {
      fail(String.valueOf(e.getMessage()), nowNs);
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
    SelectionKey current = key;
    if (current == null) {
      return;
    }
    int wanted =
        queue.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (current.interestOps() != wanted) {
      current.interestOps(wanted);
    }
  }

  @Override
  public void onReady(long nowNs) {
    SelectionKey ready = key;
    try {
      if (open && ready != null && ready.isConnectable()) {
        channel.finishConnect();
        opened(nowNs);
      }
      if (open && connected && ready != null && ready.isReadable()) {
        read(nowNs);
      }
      if (open && connected && ready != null && ready.isWritable() && queue.flush()) {
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

  private void leaveSelector() {
    SelectionKey left = key;
    if (left != null) {
      key = null;
      left.cancel();
      loop.unregistered();
    }
  }

  private void release() {
    open = false;
    queue.clear();
    leaveSelector();
    try {
      channel.close();
    } catch (IOException e) {
      loop.report("closing the connection to " + remoteAddress, e);
    }
  }
}
