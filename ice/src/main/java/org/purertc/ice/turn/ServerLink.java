package org.purertc.ice.turn;

import java.net.InetSocketAddress;

/** An open way to one server, on sockets. */
interface ServerLink extends ServerPath, AutoCloseable {

  /** Who hears of it. */
  interface Listener {

    /** Messages can be sent. */
    void onOpen(long nowNs);

    /** One message of the server; the buffer is valid during the call only. */
    void onMessage(byte[] buffer, int offset, int length, long nowNs);

    void onWritable(long nowNs);

    /** It could not be opened, or it broke; nothing comes after it. */
    void onLost(String reason, long nowNs);
  }

  InetSocketAddress localAddress();

  @Override
  void close();
}
