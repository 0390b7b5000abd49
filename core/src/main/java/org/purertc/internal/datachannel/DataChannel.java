package org.purertc.internal.datachannel;

/** One channel. Loop thread only. */
public final class DataChannel {

  DataChannel() {
    throw new UnsupportedOperationException("skeleton");
  }

  public ChannelParameters parameters() {
    throw new UnsupportedOperationException("skeleton");
  }

  /** -1 while it is not known. */
  public int id() {
    throw new UnsupportedOperationException("skeleton");
  }

  /**
   * Queues a message; the array belongs to the channel.
   *
   * @return false when the channel does not take messages any more
   */
  public boolean send(boolean isText, byte[] message) {
    throw new UnsupportedOperationException("skeleton");
  }

  /** Delivers what was accepted, then closes both directions. */
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }
}
