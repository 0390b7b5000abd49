package org.purertc.internal.rtp.format;

import java.util.List;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** VP8 as RFC 7741 carries it. */
final class Vp8Depacketizer implements Depacketizer {
  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    ByteReader in = new ByteReader(buffer, offset, length);
    Vp8Descriptor descriptor = Vp8Descriptor.parse(in);
    boolean start = descriptor.beginsFrame();
    return new PayloadDescriptor(
        start ? Start.YES : Start.NO,
        start && Vp8FrameHeader.isKeyFrame(in.u8()),
        descriptor.pictureId(),
        descriptor.pictureIdBits(),
        descriptor.tl0PictureIndex(),
        descriptor.temporalLayer(),
        -1,
        descriptor.layerSync(),
        PayloadDescriptor.NOT_SAID);
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    JoinedPayloads frame = new JoinedPayloads(payloads);
    for (byte[] payload : payloads) {
      ByteReader in = new ByteReader(payload);
      boolean start = Vp8Descriptor.parse(in).beginsFrame();
      if (start != frame.isEmpty()) {
        throw new MalformedPacketException("VP8 payloads that are not one whole frame");
      }
      frame.add(in);
    }
    return frame.toByteArray();
  }
}
