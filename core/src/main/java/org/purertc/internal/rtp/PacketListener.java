package org.purertc.internal.rtp;

/** Takes the packets of a received stream: a jitter buffer, or who forwards them. */
public interface PacketListener {

  /**
   * A packet that was not seen before, as it comes: out of order when the network reorders or a
   * retransmission fills a gap. Its payload is empty when it holds padding only.
   *
   * @param packet valid during the call
   * @param sequence unwrapped
   * @param timestamp unwrapped
   */
  void onPacket(RtpPacket packet, long sequence, long timestamp, long nowNs);

  /**
   * The remote has begun anew: the numbers of the packets that follow are higher, but have nothing
   * to do with those before.
   */
  void onRestart();
}
