package org.purertc.ice.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UdpPortAllocationTest {

  private static final int WARM_UP = 20_000;
  private static final int MEASURED = 50_000;
  private static final int DATAGRAM_BYTES = 1_200;

  /**
   * The address of a datagram that the JDK makes, with room for what it makes before it is warm.
   */
  private static final int ALLOWED_BYTES_PER_DATAGRAM = 200;

  /** Sends itself a datagram for each that it receives. */
  private static final class PingPong implements Network.DatagramReceiver {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] packet = new byte[DATAGRAM_BYTES];
    private final CompletableFuture<Long> allocated = new CompletableFuture<>();
    private Network.DatagramPort port;
    private int received;
    private long startBytes;

    @Override
    public void onDatagram(
        byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
      received++;
      if (received == WARM_UP) {
        startBytes = threads.getCurrentThreadAllocatedBytes();
      } else if (received == WARM_UP + MEASURED) {
        allocated.complete(threads.getCurrentThreadAllocatedBytes() - startBytes);
        return;
      }
      port.send(packet, 0, packet.length, from);
    }

    @Override
    public void onWritable(long nowNs) {}
  }

  @Test
  void aDatagramThereAndBackCostsAnAddressAndNoBuffer() {
    try (var thread = new LoopThread("allocation")) {
      var pingPong = new PingPong();
      thread.run(() -> pingPong.port = open(thread.loop, pingPong));
      InetSocketAddress self = pingPong.port.localAddress();
      thread.run(() -> pingPong.port.send(pingPong.packet, 0, DATAGRAM_BYTES, self));
      long bytes = LoopThread.await(pingPong.allocated);
      thread.run(pingPong.port::close);
      assertThat(bytes / MEASURED).isLessThan(ALLOWED_BYTES_PER_DATAGRAM);
    }
  }

  private static Network.DatagramPort open(EventLoop loop, Network.DatagramReceiver receiver) {
    try {
      var local = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
      return new NioNetwork().open(loop, local, receiver);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
