package org.purertc.internal.peer;

import org.purertc.ice.io.Loop;

/** The loop that a peer lives on, with what all peers of that loop share. */
public final class PeerLoop {
  private final Loop loop;
  private final Runnable release;
  private final byte[] packet = new byte[PeerSession.MAX_SCTP_PACKET_BYTES];

  /**
   * @param release called when a peer has left the loop
   */
  public PeerLoop(Loop loop, Runnable release) {
    this.loop = loop;
    this.release = release;
  }

  public Loop loop() {
    return loop;
  }

  /** Where the packet that is being sent is made; loop thread, valid within one turn. */
  byte[] packet() {
    return packet;
  }

  void release() {
    release.run();
  }
}
