package org.purertc.internal.media;

/** What media needs of the transport below: SRTP over one path. Loop thread only. */
public interface MediaTransport {
  /** Room that protecting needs behind a packet. */
  int MAX_OVERHEAD_BYTES = 20;

  /** Whether packets can be sent: the keys are there. */
  boolean isReady();

  /** Of the path, as ICE measured it last; -1 when it did not. */
  long roundTripNs();

  /** Whether the socket takes more now; {@link MediaSession#onWritable} follows when it did not. */
  boolean isWritable();

  /**
   * Protects the RTP packet at the start of the buffer in place and sends it.
   *
   * @param buffer with {@link #MAX_OVERHEAD_BYTES} behind the packet
   * @return its length as sent; negative when it could not be protected
   */
  int sendRtp(byte[] buffer, int length);

  /** As {@link #sendRtp}, for a compound RTCP packet. */
  int sendRtcp(byte[] buffer, int length);

  /** Sends a packet that {@link #sendRtp} protected before, once more. */
  void sendProtected(byte[] buffer, int length);
}
