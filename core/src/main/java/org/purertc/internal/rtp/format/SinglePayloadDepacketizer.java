package org.purertc.internal.rtp.format;

import java.util.List;
import org.purertc.internal.util.MalformedPacketException;

/** One payload is one frame, which needs no other: all audio formats. */
final class SinglePayloadDepacketizer implements Depacketizer {
  private static final PayloadDescriptor WHOLE_FRAME =
      PayloadDescriptor.of(PayloadDescriptor.Start.YES, true);

  @Override
  public PayloadDescriptor describe(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    if (length == 0) {
      throw new MalformedPacketException("an empty audio payload");
    }
    return WHOLE_FRAME;
  }

  @Override
  public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
    if (payloads.size() != 1 || payloads.get(0).length == 0) {
      throw new MalformedPacketException(payloads.size() + " payloads for an audio frame");
    }
    return payloads.get(0).clone();
  }
}
