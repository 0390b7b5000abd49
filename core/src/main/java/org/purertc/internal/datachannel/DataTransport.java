package org.purertc.internal.datachannel;

/** The association as data channels see it. */
public interface DataTransport {

  /**
   * @param message belongs to the callee
   * @param maxRetransmits -1 for no limit
   * @param lifetimeNs -1 for no limit
   * @return false when the association takes nothing any more
   */
  boolean send(
      int streamId,
      long ppid,
      byte[] message,
      boolean unordered,
      int maxRetransmits,
      long lifetimeNs);

  void resetStreams(int[] streamIds);
}
