package org.purertc.internal.rtp.rtcp;

import java.nio.charset.StandardCharsets;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * BYE, RFC 3550 section 6.6.
 *
 * @param ssrcs of the sources that end, 31 at most
 * @param reason empty without one
 */
public record Bye(long[] ssrcs, String reason) implements RtcpPacket {

  public Bye {
    if (ssrcs.length > 31 || reason.getBytes(StandardCharsets.UTF_8).length > 255) {
      throw new IllegalArgumentException("BYE of " + ssrcs.length + " sources, " + reason);
    }
  }

  static Bye parse(ByteReader in, int count) throws MalformedPacketException {
    long[] ssrcs = new long[count];
    for (int i = 0; i < count; i++) {
      ssrcs[i] = in.u32();
    }
    String reason = "";
    if (in.hasRemaining()) {
      reason = in.utf8(in.u8());
      if (reason.getBytes(StandardCharsets.UTF_8).length > 255) {
        throw new MalformedPacketException("a reason that is no UTF-8");
      }
    }
    return new Bye(ssrcs, reason);
  }

  @Override
  public int bytes() {
    int reasonBytes = reason.getBytes(StandardCharsets.UTF_8).length;
    return RtcpType.HEADER_BYTES + 4 * ssrcs.length + (reasonBytes == 0 ? 0 : reasonBytes + 4 & ~3);
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, ssrcs.length, RtcpType.BYE, bytes());
    for (long ssrc : ssrcs) {
      out.u32(ssrc);
    }
    if (!reason.isEmpty()) {
      byte[] text = reason.getBytes(StandardCharsets.UTF_8);
      out.u8(text.length).bytes(text).zeros(-(1 + text.length) & 3);
    }
  }
}
