package org.purertc.internal.rtp.format;

import java.util.random.RandomGenerator;
import org.purertc.internal.util.ByteWriter;

/**
 * VP9 as RFC 9628 carries it: one layer, non-flexible mode, a 15-bit picture id. Without layer
 * indices a frame is taken to need the one before, so no scalability structure is needed.
 */
final class Vp9Packetizer implements Packetizer {
  private static final int DESCRIPTOR_BYTES = 3;
  private static final byte[] NOTHING = {};

  /** I; and Z, since there is no layer above. */
  private static final int EVERY_PAYLOAD = 0x81;

  private static final int INTER_PICTURE_PREDICTED = 0x40;
  private static final int BEGINS_FRAME = 0x08;
  private static final int ENDS_FRAME = 0x04;

  private final EvenSplit split = new EvenSplit();
  private byte[] frame = NOTHING;
  private int frameFlags;
  private int position;
  private int pictureId;

  /** RFC 9628 section 4.2: the first picture id may be random. */
  Vp9Packetizer(RandomGenerator random) {
    pictureId = random.nextInt(1 << 15);
  }

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    split.begin(frame.length, maxPayloadBytes - DESCRIPTOR_BYTES);
    this.frame = frame;
    frameFlags =
        Vp9FrameHeader.isKeyFrame(frame) ? EVERY_PAYLOAD : EVERY_PAYLOAD | INTER_PICTURE_PREDICTED;
    position = 0;
    pictureId = pictureId + 1 & 0x7fff;
  }

  @Override
  public int next(byte[] out, int offset) {
    int bytes = split.nextPartBytes();
    if (bytes == 0) {
      return 0;
    }
    int flags = frameFlags | (position == 0 ? BEGINS_FRAME : 0);
    new ByteWriter(out, offset)
        .u8(split.isEmpty() ? flags | ENDS_FRAME : flags)
        .u16(0x8000 | pictureId) // M: 15 bits
        .bytes(frame, position, bytes);
    position += bytes;
    return DESCRIPTOR_BYTES + bytes;
  }

  @Override
  public boolean isLast() {
    return position > 0 && split.isEmpty();
  }
}
