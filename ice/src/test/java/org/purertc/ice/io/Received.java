package org.purertc.ice.io;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a port received. */
final class Received implements Network.DatagramReceiver {

  record Datagram(byte[] bytes, InetSocketAddress from) {}

  private final BlockingQueue<Datagram> datagrams = new LinkedBlockingQueue<>();

  @Override
  public void onDatagram(
      byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs) {
    datagrams.add(new Datagram(Arrays.copyOfRange(buffer, offset, offset + length), from));
  }

  @Override
  public void onWritable(long nowNs) {}

  Datagram next() {
    try {
      Datagram datagram = datagrams.poll(LoopThread.PATIENCE_S, TimeUnit.SECONDS);
      if (datagram == null) {
        throw new AssertionError("no datagram came");
      }
      return datagram;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
