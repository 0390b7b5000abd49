package org.purertc.internal.rtp.format;

import java.util.List;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * VP9 as RFC 9628 carries it. The spatial layers of a picture are joined one behind the other, the
 * lowest first, as decoders take them.
 */
final class Vp9Depacketizer implements Depacketizer {

  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    Vp9Descriptor descriptor = Vp9Descriptor.parse(new ByteReader(buffer, offset, length));
    return new PayloadDescriptor(
        start(descriptor),
        !descriptor.isInterPicturePredicted() && !descriptor.isInterLayerPredicted(),
        descriptor.pictureId(),
        descriptor.pictureIdBits(),
        descriptor.tl0PictureIndex(),
        descriptor.temporalLayer(),
        descriptor.spatialLayer(),
        descriptor.isSwitchingPoint(),
        descriptor.referenceDifferences());
  }

  /** A higher spatial layer begins the picture only when those below were left out on the way. */
  private static Start start(Vp9Descriptor descriptor) {
    if (!descriptor.beginsLayerFrame()) {
      return Start.NO;
    }
    return descriptor.spatialLayer() > 0 ? Start.UNKNOWN : Start.YES;
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    JoinedPayloads frame = new JoinedPayloads(payloads);
    boolean ended = true;
    for (byte[] payload : payloads) {
      ByteReader in = new ByteReader(payload);
      Vp9Descriptor descriptor = Vp9Descriptor.parse(in);
      if (descriptor.beginsLayerFrame() != ended) {
        throw new MalformedPacketException("VP9 payloads that are not whole layers");
      }
      ended = descriptor.endsLayerFrame();
      frame.add(in);
    }
    if (!ended) {
      throw new MalformedPacketException("a VP9 frame without its end");
    }
    return frame.toByteArray();
  }
}
