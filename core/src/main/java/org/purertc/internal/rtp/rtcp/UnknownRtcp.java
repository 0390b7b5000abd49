package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * A packet of a type or a feedback format that is not known here.
 *
 * @param type PT, 8 bits
 * @param count the 5 bits of the header that hold a count, a format or a subtype
 * @param body without header and padding
 */
public record UnknownRtcp(int type, int count, byte[] body) implements RtcpPacket {

  static UnknownRtcp parse(ByteReader in, int type, int count) throws MalformedPacketException {
    return new UnknownRtcp(type, count, in.bytes(in.remaining()));
  }

  @Override
  public int bytes() {
    return RtcpType.HEADER_BYTES + body.length;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, count, type, bytes()).bytes(body);
  }
}
