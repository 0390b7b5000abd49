package org.purertc.internal.rtp.jitter;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * A video format made for tests: every payload holds its descriptor, the frame's number, its place
 * in the frame and how many there are. Joined, a frame is its number; a frame that is not whole
 * fails the test.
 */
final class ToyFormat implements Depacketizer {
  static final int HEADER_BYTES = 24;

  static byte[] payload(PayloadDescriptor descriptor, int frame, int index, int count, int bytes) {
    byte[] payload = new byte[Math.max(HEADER_BYTES, bytes)];
    ByteWriter out = new ByteWriter(payload, 0);
    out.u8(descriptor.start().ordinal())
        .u8(descriptor.keyFrame() ? 1 : 0)
        .u16(descriptor.pictureId())
        .u8(descriptor.pictureIdBits())
        .u16(descriptor.tl0PictureIndex())
        .u8(descriptor.temporalLayer())
        .u8(descriptor.spatialLayer())
        .u8(descriptor.switchingPoint() ? 1 : 0)
        .u32(frame)
        .u16(index)
        .u16(count)
        .u8(descriptor.referenceDifferences().length);
    for (int difference : descriptor.referenceDifferences()) {
      out.u8(difference);
    }
    return payload;
  }

  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    ByteReader in = new ByteReader(buffer, offset, length);
    int start = in.u8();
    if (start > 2) {
      throw new MalformedPacketException("start " + start);
    }
    boolean keyFrame = in.u8() == 1;
    int pictureId = (short) in.u16();
    int bits = in.u8();
    int tl0 = (short) in.u16();
    int temporal = (byte) in.u8();
    int spatial = (byte) in.u8();
    boolean sync = in.u8() == 1;
    in.skip(8);
    int[] differences = new int[in.u8()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = in.u8();
    }
    return new PayloadDescriptor(
        Start.values()[start],
        keyFrame,
        pictureId,
        bits,
        tl0,
        temporal,
        spatial,
        sync,
        differences);
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    int expected = 0;
    for (byte[] payload : payloads) {
      ByteReader in = new ByteReader(payload);
      in.skip(10);
      byte[] number = in.bytes(4);
      int index = in.u16();
      int count = in.u16();
      if (index != expected++ || count != payloads.size()) {
        throw new AssertionError("payload " + index + " of " + count + " at " + (expected - 1));
      }
      if (index == 0) {
        frame.writeBytes(number);
      }
    }
    return frame.toByteArray();
  }

  static int number(AssembledFrame frame) {
    byte[] data = frame.data();
    return (data[0] & 0xff) << 24 | (data[1] & 0xff) << 16 | (data[2] & 0xff) << 8 | data[3] & 0xff;
  }
}
