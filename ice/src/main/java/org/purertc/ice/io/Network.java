package org.purertc.ice.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Where datagrams come from and go to: this host's network, or a simulated one. */
public interface Network {

  /** The addresses of this host that candidates can be made of, loopback included, best first. */
  List<InetAddress> localAddresses() throws IOException;

  /**
   * Opens a datagram port on one local address. Loop thread only.
   *
   * @param local the address and port to bind; port 0 means any
   * @param receiver called on the loop for each datagram
   */
  DatagramPort open(Loop loop, InetSocketAddress local, DatagramReceiver receiver)
      throws IOException;

  /** Takes the datagrams of one port. */
  interface DatagramReceiver {

    /** The buffer is valid during the call only. */
    void onDatagram(byte[] buffer, int offset, int length, InetSocketAddress from, long nowNs);

    /** The port accepts datagrams again, after {@link DatagramPort#send} said no. */
    void onWritable(long nowNs);
  }

  /** One bound datagram port. Loop thread only. */
  interface DatagramPort extends AutoCloseable {

    InetSocketAddress localAddress();

    /**
     * Sends one datagram, or keeps it until the kernel takes it. A datagram that the kernel refuses
     * with an error is lost, as on the network, and counted.
     *
     * @return false when the port now holds datagrams that wait for the kernel: the caller should
     *     stop producing until {@link DatagramReceiver#onWritable}
     */
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
