package org.purertc.internal.rtp.jitter;

/** From audio packets in the order of the network to frames in the order of their timestamps. */
public sealed interface AudioBuffer permits AudioJitterBuffer, AudioReorderBuffer {

  /**
   * Takes a packet. One without payload only says that nothing is missing in its place. Frames that
   * are due are given to the listener before this returns.
   */
  void insert(BufferedPacket packet, long nowNs);

  long nextDeadlineNs();

  void onDeadline(long nowNs);

  /** Releases at once what waits: another buffer takes over. */
  void drain(long nowNs);

  AudioBufferCounters counters();
}
