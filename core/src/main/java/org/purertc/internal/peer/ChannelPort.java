package org.purertc.internal.peer;

/** The loop's end of one data channel, as its API object sees it. Loop thread only. */
public interface ChannelPort {

  /**
   * @param message belongs to the callee
   * @return false when the channel takes nothing any more
   */
  boolean send(boolean isText, byte[] message);

  /** Delivers what was accepted, then closes both directions. */
  void close();
}
