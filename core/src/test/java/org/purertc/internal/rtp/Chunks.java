package org.purertc.internal.rtp;

import org.purertc.internal.rtp.format.Packetizer;

/** A payload format that cuts frames into equal parts. */
final class Chunks implements Packetizer {
  private byte[] frame = {};
  private int position;
  private int maxPayloadBytes;

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    this.frame = frame;
    this.maxPayloadBytes = maxPayloadBytes;
    position = 0;
  }

  @Override
  public int next(byte[] out, int offset) {
    int length = Math.min(maxPayloadBytes, frame.length - position);
    System.arraycopy(frame, position, out, offset, length);
    position += length;
    return length;
  }

  @Override
  public boolean isLast() {
    return position == frame.length;
  }
}
