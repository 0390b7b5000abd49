package org.purertc;

/** What a data channel needs of its peer connection. May be called from any thread. */
interface ChannelOwner {

  /** Longest message that the remote peer accepts. */
  long maxMessageSize();

  /** Received bytes have reached the user: the receive window opens again. */
  void consumed(int bytes);

  /** The channel is closed. */
  void ended(RTCDataChannel channel);
}
