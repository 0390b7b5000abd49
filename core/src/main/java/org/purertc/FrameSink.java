package org.purertc;

/** Who takes the frames of a track: the senders that it is attached to. */
interface FrameSink {

  /** From any thread, in the order of the frames; never blocks. */
  void onFrame(EncodedFrame frame);

  /** As {@link #onFrame}. */
  void onPacket(RTCRtpPacket packet);

  /** Packets were passed over, on purpose: the next one begins anew. */
  void onInterruption();
}
