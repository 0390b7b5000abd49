package org.purertc.internal.rtp.jitter;

/** How long encoded audio plays. */
@FunctionalInterface
public interface FrameDuration {

  /** In ticks of the RTP clock; 0 when the payload does not tell. */
  int ticks(int payloadType, byte[] payload);
}
