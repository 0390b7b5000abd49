package org.purertc.samples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;

/**
 * How many datagrams a second pass a relay on this machine. One thread sends and receives for both
 * peers with a window, so it costs about as much as the relay itself: the figure is a floor.
 */
final class RelayCeiling {
  private static final int WINDOW = 256;
  private static final int BATCH = 32;
  private static final int SOCKET_BUFFER_BYTES = 4 << 20;

  /** Nothing came for so long: what is missing was lost in a socket buffer. */
  private static final long LOST_AFTER_NS = 20_000_000;

  private final ByteBuffer outgoing;
  private final ByteBuffer incoming;
  private long received;

  RelayCeiling(int datagramBytes) {
    outgoing = ByteBuffer.allocateDirect(datagramBytes);
    incoming = ByteBuffer.allocateDirect(datagramBytes);
  }

  /** Datagrams a second, both directions together. */
  double measure(InetAddress listen, Impairment impairment, long durationNs) throws IOException {
    try (Relay relay = Relay.open(listen, Relay.Peers.UNKNOWN, impairment, 1);
        DatagramChannel a = connect(listen, relay.addressForA());
        DatagramChannel b = connect(listen, relay.addressForB())) {
      Thread thread = new Thread(() -> run(relay), "relay");
      thread.start();
      long startNs = System.nanoTime();
      flood(a, b, startNs + durationNs);
      double seconds = (System.nanoTime() - startNs) / 1e9;
      relay.stop();
      thread.join();
      return received / seconds;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static void run(Relay relay) {
    try {
      relay.run(Long.MAX_VALUE);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static DatagramChannel connect(InetAddress listen, InetSocketAddress to)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    // The standard buffer holds less than the window: datagrams would be lost behind the relay.
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
    channel.bind(new InetSocketAddress(listen, 0));
    channel.connect(to);
    channel.configureBlocking(false);
    return channel;
  }

  private void flood(DatagramChannel a, DatagramChannel b, long endNs) throws IOException {
    long outstanding = 0;
    long lastNs = System.nanoTime();
    for (long nowNs = lastNs; nowNs - endNs < 0; nowNs = System.nanoTime()) {
      for (int i = 0; i < BATCH && outstanding < WINDOW; i++) {
        outstanding += send(a) + send(b);
      }
      int arrived = drain(a) + drain(b);
      received += arrived;
      outstanding -= arrived;
      if (arrived > 0) {
        lastNs = nowNs;
      } else if (nowNs - lastNs > LOST_AFTER_NS) {
        outstanding = 0;
        lastNs = nowNs;
      } else {
        LockSupport.parkNanos(1);
      }
    }
  }

  private int send(DatagramChannel channel) throws IOException {
    outgoing.clear();
    return channel.write(outgoing) > 0 ? 1 : 0;
  }

  private int drain(DatagramChannel channel) throws IOException {
    for (int i = 0; ; i++) {
      incoming.clear();
      if (i == WINDOW || channel.read(incoming) <= 0) {
        return i;
      }
    }
  }
}
