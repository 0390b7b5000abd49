package org.purertc.samples.relay;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.purertc.samples.terminal.CommandFailure;

/** The bound of the relay: it never talks to another host. */
final class LocalAddress {
  private LocalAddress() {}

  /** Whether this is a loopback address or one of an interface of this host. */
  static boolean isLocal(InetAddress address) {
    try {
      return address.isLoopbackAddress()
          || !address.isAnyLocalAddress()
              && !address.isMulticastAddress()
              && NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /**
   * Refuses an address that is not of this host.
   *
   * @param option where the user gave it
   */
  static void require(String option, InetAddress address) {
    if (!isLocal(address)) {
      throw new CommandFailure(
          option
              + " "
              + address.getHostAddress()
              + " is no address of this host: the relay works between programs of one host or"
              + " network namespace; use 127.0.0.1 or an address of an interface here");
    }
  }
}
