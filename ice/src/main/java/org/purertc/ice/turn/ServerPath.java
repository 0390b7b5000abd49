package org.purertc.ice.turn;

/** The way to one server: a datagram port with its address, or a stream. */
public interface ServerPath {

  /**
   * Sends one message.
   *
   * @return false when the caller should stop producing until told that there is room
   */
  boolean send(byte[] buffer, int offset, int length);

  /** Whether messages are neither lost nor reordered, so that nothing is sent twice. */
  boolean isReliable();
}
