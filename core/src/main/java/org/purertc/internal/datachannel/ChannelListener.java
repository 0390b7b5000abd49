package org.purertc.internal.datachannel;

/** What happens to one channel, on the loop, in W3C's order. */
public interface ChannelListener {
  void onId(int streamId);

  void onOpen();

  /**
   * @param message belongs to the callee; counts against the receive window until consumed, an
   *     empty one as one byte
   */
  void onMessage(boolean isText, byte[] message);

  /**
   * User bytes went to the network or were given up, and with them the last byte of so many
   * messages; empty messages count here alone.
   */
  void onSent(int bytes, int messages);

  /** The remote side began to close. */
  void onClosing();

  /**
   * @param orderly false when the peer was lost or an error occurred
   */
  void onClosed(boolean orderly, String reason);
}
