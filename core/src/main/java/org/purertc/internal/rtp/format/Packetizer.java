package org.purertc.internal.rtp.format;

/** Cuts the encoded frames of one stream into RTP payloads; keeps what lasts over frames. */
public interface Packetizer {

  /**
   * Begins a frame; what was left of the one before is forgotten.
   *
   * @param frame one encoded frame as {@link Depacketizer#join} gives it; not altered, and not to
   *     be altered until its last payload was taken
   * @param maxPayloadBytes of one payload
   */
  void begin(byte[] frame, int maxPayloadBytes);

  /**
   * Writes the next payload.
   *
   * @return its bytes, at most what {@link #begin} said; 0 when the frame has no more
   */
  int next(byte[] out, int offset);

  /** Whether the payload that {@link #next} wrote was the frame's last: RTP's marker bit. */
  boolean isLast();
}
