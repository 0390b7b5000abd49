package org.purertc.internal.rtp.jitter;

/** What an {@link AudioBuffer} has to say, in the order of timestamps. */
public interface AudioListener {

  void onFrame(AudioFrame frame, long nowNs);

  void onGap(AudioGap gap, long nowNs);
}
