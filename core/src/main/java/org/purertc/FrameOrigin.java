package org.purertc;

/** Who makes the frames of a track: a program, or the remote peer. Called from any thread. */
interface FrameOrigin {

  /**
   * A receiver needs a frame that can be decoded without another.
   *
   * @param rid of the encoding of simulcast; empty without
   */
  void requestKeyFrame(String rid);

  /** A sender has the track from now on, or not any more. */
  void forwarding(boolean begins);

  /** The path of one sender carries so much now of one encoding. */
  void targetBitrate(FrameSink sender, String rid, long bitsPerSecond);

  /** It is a sender of the track no more. */
  void gone(FrameSink sender);

  /** Another codec was negotiated for one sender; a remote track does not care. */
  void codecNegotiated(RTCRtpCodec codec);
}
