package org.purertc.internal.rtp.format;

import java.util.random.RandomGenerator;
import org.purertc.internal.util.ByteWriter;

/**
 * VP8 as RFC 7741 carries it: a 15-bit picture id, no layers. The data partitions are not cut
 * apart, so all payloads count as the first one, as the RFC's section 4.4 allows.
 */
final class Vp8Packetizer implements Packetizer {
  private static final int DESCRIPTOR_BYTES = 4;
  private static final byte[] NOTHING = {};

  private final EvenSplit split = new EvenSplit();
  private byte[] frame = NOTHING;
  private int position;
  private int pictureId;

  /** RFC 7741 section 4.2: the first picture id may be random. */
  Vp8Packetizer(RandomGenerator random) {
    pictureId = random.nextInt(1 << 15);
  }

  @Override
  public void begin(byte[] frame, int maxPayloadBytes) {
    split.begin(frame.length, maxPayloadBytes - DESCRIPTOR_BYTES);
    this.frame = frame;
    position = 0;
    pictureId = pictureId + 1 & 0x7fff;
  }

  @Override
  public int next(byte[] out, int offset) {
    int bytes = split.nextPartBytes();
    if (bytes == 0) {
      return 0;
    }
    new ByteWriter(out, offset)
        .u8(position == 0 ? 0x90 : 0x80) // X; S at the frame's start; PID 0
        .u8(0x80) // I
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
