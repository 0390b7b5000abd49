package org.purertc.ice;

import java.net.InetSocketAddress;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** Takes what comes to a shared port and belongs to no session of it. */
@FunctionalInterface
public interface UnknownDatagramListener {

  /**
   * Called on the loop that reads the port.
   *
   * @param buffer valid during the call only
   */
  void onUnknownDatagram(byte[] buffer, int offset, int length, Arrival arrival);

  /**
   * Where it came from, and where in.
   *
   * @param port for an answer, on the loop
   */
  record Arrival(InetSocketAddress from, Network.DatagramPort port, Loop loop) {}
}
