package org.purertc.internal.rtp.format;

/** One frame is one payload: all audio formats, RFC 7587 section 4.2 and RFC 3551 section 4.5. */
final class SinglePayloadPacketizer implements Packetizer {
  private static final byte[] NOTHING = {};

  private byte[] frame = NOTHING;
  private boolean last;

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    if (frame.length == 0) {
      throw new IllegalArgumentException("an empty frame");
    }
    if (frame.length > maxPayloadBytes) {
      throw new IllegalArgumentException(
          "a frame of " + frame.length + " bytes in a payload of " + maxPayloadBytes);
    }
    this.frame = frame;
    last = false;
  }

  @Override
  public int next(byte[] out, int offset) {
    int bytes = frame.length;
    System.arraycopy(frame, 0, out, offset, bytes);
    last = bytes > 0;
    frame = NOTHING;
    return bytes;
  }

  @Override
  public boolean isLast() {
    return last;
  }
}
