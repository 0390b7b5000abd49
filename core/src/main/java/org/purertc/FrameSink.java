package org.purertc;

/** Who takes the frames of a track: the senders that it is attached to. */
interface FrameSink {

  /**
   * From any thread, in the order of the frames; never blocks.
   *
   * @param rid of the encoding of simulcast; empty without
   */
  void onFrame(String rid, EncodedFrame frame);

  /** As {@link #onFrame}. */
  void onPacket(String rid, RTCRtpPacket packet);

  /** Packets were passed over, on purpose: the next one begins anew. */
  void onInterruption(String rid);
}
