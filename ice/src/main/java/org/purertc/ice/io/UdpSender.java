package org.purertc.ice.io;

import java.net.InetSocketAddress;

/**
 * Another loop's way out of a {@link UdpPort}: its datagrams go to the kernel on that loop's
 * thread; only when the kernel has no room does the port's own loop, which has the selector, say
 * when it has.
 */
final class UdpSender implements Network.DatagramPort {

  private final UdpPort port;
  private final EventLoop loop;
  private final SendQueue queue;
  private final Runnable onWritable;
  private boolean open = true;

  UdpSender(UdpPort port, EventLoop loop, SendQueue queue, Runnable onWritable) {
    this.port = port;
    this.loop = loop;
    this.queue = queue;
    this.onWritable = onWritable;
  }

  @Override
  public InetSocketAddress localAddress() {
    return port.localAddress();
  }

  @Override
  public boolean send(byte[] buffer, int offset, int length, InetSocketAddress to) {
    if (!open) {
      return true;
    }
    boolean wasEmpty = queue.isEmpty();
    boolean more = queue.send(buffer, offset, length, to);
    if (wasEmpty && !more) {
      port.tellWhenWritable(this);
    }
    return more;
  }

  /** From the port's loop. */
  void onWritable() {
    loop.execute(this::flush);
  }

  private void flush() {
    if (!open || queue.isEmpty()) {
      return;
    }
    if (queue.flush()) {
      onWritable.run();
    } else {
      port.tellWhenWritable(this);
    }
  }

  @Override
  public Network.DatagramPort sender(Loop other, Runnable onWritable) {
    return port.sender(other, onWritable);
  }

  @Override
  public void close() {
    open = false;
    queue.clear();
  }
}
