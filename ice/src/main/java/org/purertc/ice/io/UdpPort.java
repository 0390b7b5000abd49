package org.purertc.ice.io;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.List;

/** A bound UDP socket on the selector of an {@link EventLoop}. */
final class UdpPort implements Network.DatagramPort, LoopPort {

  /**
   * Datagrams of one port in one turn: enough that a burst shares one turn and its answer, few
   * enough that one busy port does not delay the timers of thousands of peers.
   */
  static final int MAX_DATAGRAMS_PER_TURN = 128;

  /** What may wait for the kernel: the burst of one turn. */
  private static final int MAX_WAITING_BYTES = 256 * 1024;

  /**
   * Slow start doubles at line rate into the receiver: the usual default of about 90 packets drops
   * most of it. The kernel cuts this down to what it allows.
   */
  private static final int RECEIVE_BUFFER_BYTES = 2 * 1024 * 1024;

  private static final int SEND_BUFFER_BYTES = 1024 * 1024;

  private final EventLoop loop;
  private final DatagramChannel channel;
  private final InetSocketAddress localAddress;
  private final Network.DatagramReceiver receiver;
  private final SelectionKey key;
  private final SendQueue sendQueue;

  /** Others of this port that wait for the kernel; their loops are not this one. */
  private final List<UdpSender> waiting = new ArrayList<>(0);

  /** Whoever asked for a certain port may ask for it again at once. */
  private final boolean hasFixedPort;

  private boolean open = true;
  private long receiveErrors;

  private UdpPort(
      EventLoop loop,
      DatagramChannel channel,
      InetSocketAddress localAddress,
      boolean hasFixedPort,
      Network.DatagramReceiver receiver)
      throws IOException {
    this.hasFixedPort = hasFixedPort;
    this.loop = loop;
    this.channel = channel;
    this.localAddress = localAddress;
    this.receiver = receiver;
    this.sendQueue = new SendQueue(channel::send, loop.sendBuffer(), MAX_WAITING_BYTES);
    this.key = loop.register(channel, SelectionKey.OP_READ, this);
  }

  static UdpPort open(EventLoop loop, InetSocketAddress local, Network.DatagramReceiver receiver)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(family(local.getAddress()));
    try {
      channel.configureBlocking(false);
      ask(channel, StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      ask(channel, StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
      channel.bind(local);
      int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
      var bound = new InetSocketAddress(local.getAddress(), port);
      return new UdpPort(loop, channel, bound, local.getPort() != 0, receiver);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** On a channel that is bound; it is this port's from now on. */
  static UdpPort of(
      EventLoop loop,
      DatagramChannel channel,
      InetSocketAddress localAddress,
      Network.DatagramReceiver receiver)
      throws IOException {
    return new UdpPort(loop, channel, localAddress, true, receiver);
  }

  static StandardProtocolFamily family(InetAddress address) {
    boolean ipv6 = address instanceof Inet6Address;
    return ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
  }

  private static void ask(DatagramChannel channel, SocketOption<Integer> option, int bytes) {
    try {
      channel.setOption(option, bytes);
    } catch (IOException tooMuch) {
      // Some systems refuse what is above their limit instead of cutting it; their default serves.
      return;
    }
  }

  @Override
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /** Datagrams that the kernel refused or that did not fit into the queue. */
  long lostDatagrams() {
    return sendQueue.lostDatagrams();
  }

  long receiveErrors() {
    return receiveErrors;
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    if (!open) {
      return true;
    }
    boolean wasEmpty = sendQueue.isEmpty();
    boolean more = sendQueue.send(buffer, offset, length, to);
    if (wasEmpty && !more) {
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
    return more;
  }

  @Override
  public Network.DatagramPort sender(Loop other, Runnable onWritable) {
    if (!(other instanceof EventLoop eventLoop)) {
      throw new IllegalArgumentException("a UDP port serves EventLoops, not " + other);
    }
    var queue = new SendQueue(channel::send, eventLoop.sendBuffer(), MAX_WAITING_BYTES);
    return new UdpSender(this, eventLoop, queue, onWritable);
  }

  /** A sender has datagrams that the kernel did not take; from any thread. */
  void tellWhenWritable(UdpSender sender) {
    loop.execute(
        () -> {
          if (open) {
            waiting.add(sender);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
          }
        });
  }

  @Override
  public void onReady(long nowNs) {
    if (open && key.isReadable()) {
      read(nowNs);
    }
    if (open && key.isWritable()) {
      onWritable(nowNs);
    }
  }

  private void onWritable(long nowNs) {
    waiting.forEach(UdpSender::onWritable);
    waiting.clear();
    boolean mayTell = !sendQueue.isEmpty();
    if (sendQueue.flush()) {
      key.interestOps(SelectionKey.OP_READ);
      if (mayTell) {
        receiver.onWritable(nowNs);
      }
    }
  }

  private void read(long nowNs) {
    byte[] bytes = loop.receiveBytes();
    var buffer = loop.receiveBuffer();
    for (int i = 0; i < MAX_DATAGRAMS_PER_TURN && open; i++) {
      buffer.clear();
      InetSocketAddress from;
      try {
        from = (InetSocketAddress) channel.receive(buffer);
      } catch (IOException e) {
        // An ICMP error of a datagram that we sent; what waits behind it is still good.
        receiveErrors++;
        continue;
      }
      if (from == null) {
        return;
      }
      deliver(bytes, buffer.position(), from, nowNs);
    }
  }

  /** One datagram that its reader cannot stand must not take the rest of the burst with it. */
  private void deliver(byte[] bytes, int length, InetSocketAddress from, long nowNs) {
    try {
      receiver.onDatagram(bytes, 0, length, from, nowNs);
    } catch (Throwable failure) {
      loop.report("the receiver of " + localAddress, failure);
    }
  }

  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    sendQueue.clear();
    waiting.clear();
    loop.unregistered();
    try {
      channel.close();
    } catch (IOException e) {
      loop.report("closing " + localAddress, e);
    }
    if (hasFixedPort) {
      loop.forgetClosed();
    }
  }
}
