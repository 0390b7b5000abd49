package org.purertc;

import java.net.InetSocketAddress;
import org.purertc.ice.io.Loop;
import org.purertc.ice.io.Network;

/** A datagram that came to the shared port of a factory and belongs to no peer connection. */
public final class UnknownDatagram {
  private final byte[] bytes;
  private final InetSocketAddress from;
  private final Network.DatagramPort port;
  private final Loop loop;

  UnknownDatagram(byte[] bytes, InetSocketAddress from, Network.DatagramPort port, Loop loop) {
    this.bytes = bytes;
    this.from = from;
    this.port = port;
    this.loop = loop;
  }

  /** What it holds; the receiver's own. */
  public byte[] bytes() {
    return bytes;
  }

  /** Who sent it, or seems to have. */
  public InetSocketAddress from() {
    return from;
  }

  /** Where it came in. */
  public InetSocketAddress to() {
    return port.localAddress();
  }

  /**
   * Sends an answer from where it came in. May be called from any thread, and at any time: once the
   * port is closed, nothing is sent.
   *
   * <p>A source address can be forged: an answer longer than the question helps an attacker.
   */
  public void reply(byte[] answer) {
    byte[] copy = answer.clone();
    loop.execute(() -> port.send(copy, 0, copy.length, from));
  }
}
