package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * PLI, RFC 4585 section 6.3.1.
 *
 * @param senderSsrc of who asks
 * @param mediaSsrc of the stream that lost a picture
 */
public record PictureLossIndication(long senderSsrc, long mediaSsrc) implements RtcpPacket {

  static PictureLossIndication parse(ByteReader in) throws MalformedPacketException {
    return new PictureLossIndication(in.u32(), in.u32());
  }

  @Override
  public int bytes() {
    return RtcpType.FEEDBACK_HEADER_BYTES;
  }

  @Override
  public void write(ByteWriter out) {
    int format = RtcpType.PICTURE_LOSS_INDICATION;
    RtcpType.writeHeader(out, format, RtcpType.PAYLOAD_FEEDBACK, bytes())
        .u32(senderSsrc)
        .u32(mediaSsrc);
  }
}
