package org.purertc.internal.rtp.jitter;

/** What a {@link VideoFrameBuffer} has to say. Not to be answered by a call into the buffer. */
public interface VideoFrameListener {

  /** A frame that can be decoded now; frames come in the order in which they are decoded. */
  void onFrame(AssembledFrame frame, long nowNs);

  /** Nothing can be decoded before a key frame: time for a PLI. Repeated until one is complete. */
  void onKeyFrameNeeded(long nowNs);
}
