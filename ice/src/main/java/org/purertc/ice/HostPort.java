package org.purertc.ice;

import java.net.InetSocketAddress;
import org.purertc.ice.io.Network;

/** A session's place on a bound UDP port, which is its own or shared with other sessions. */
interface HostPort extends Network.DatagramSender, AutoCloseable {

  /** Whoever a port gives its datagrams to. All calls on the session's loop. */
  interface Session {

    /** Returns false when the message is no answer to a transaction of this session. */
    boolean receiveStun(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs);

    boolean isValidated(PathId path, InetSocketAddress from);

    void receiveData(byte[] buffer, int offset, int length, long nowNs);

    /**
     * Takes one packet of a path, told apart by its first byte as RFC 7983 says.
     *
     * @return false when it is nothing that this session waits for
     */
    default boolean receive(
        byte[] buffer, int offset, int length, PathId path, InetSocketAddress from, long nowNs) {
      if (StunHeader.isFirstByteOfStun(buffer, offset, length)) {
        return receiveStun(buffer, offset, length, path, from, nowNs);
      }
      boolean taken = length > 0 && isValidated(path, from);
      if (taken) {
        receiveData(buffer, offset, length, nowNs);
      }
      return taken;
    }

    /** Another session of the port talks to this address, which therefore cannot be ours, too. */
    void onAddressInUse(InetSocketAddress remote);

    /** A TCP connection could not be opened, or is gone. */
    void onConnectionLost(PathId path, InetSocketAddress remote, long nowNs);

    void onWritable(long nowNs);
  }

  /** Checks that name this fragment come here; during a restart there are two. */
  void register(String ufrag);

  void unregister(String ufrag);

  InetSocketAddress localAddress();

  @Override
  void close();
}
