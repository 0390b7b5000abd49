package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * REMB, draft-alvestrand-rmcat-remb-03 section 2.2: the bandwidth that a receiver estimates.
 *
 * @param senderSsrc of who estimates
 * @param bitsPerSecond kept with 18 bits of precision on the wire, rounded down
 * @param ssrcs of the streams that share it, 255 at most
 */
public record Remb(long senderSsrc, long bitsPerSecond, long[] ssrcs) implements RtcpPacket {
  private static final int IDENTIFIER = 'R' << 24 | 'E' << 16 | 'M' << 8 | 'B';
  private static final int MANTISSA_BITS = 18;

  public Remb {
    if (bitsPerSecond < 0 || ssrcs.length > 255) {
      throw new IllegalArgumentException(bitsPerSecond + " bit/s for " + ssrcs.length);
    }
  }

  /** Whether this application layer feedback is one; looks ahead without reading. */
  static boolean isNext(ByteReader in) throws MalformedPacketException {
    ByteReader ahead = new ByteReader(in.array(), in.position(), in.remaining());
    if (ahead.remaining() < 12) {
      return false;
    }
    ahead.skip(8);
    return ahead.i32() == IDENTIFIER;
  }

  static Remb parse(ByteReader in) throws MalformedPacketException {
    long sender = in.u32();
    in.u32(); // the SSRC of the media source is always 0
    in.i32(); // the identifier
    long[] ssrcs = new long[in.u8()];
    int exponentAndMantissa = in.u8() << 16 | in.u16();
    long mantissa = exponentAndMantissa & (1 << MANTISSA_BITS) - 1;
    int exponent = exponentAndMantissa >>> MANTISSA_BITS;
    if (exponent > Long.numberOfLeadingZeros(mantissa) - 1) {
      throw new MalformedPacketException("REMB of " + mantissa + " * 2^" + exponent + " bit/s");
    }
    for (int i = 0; i < ssrcs.length; i++) {
      ssrcs[i] = in.u32();
    }
    return new Remb(sender, mantissa << exponent, ssrcs);
  }

  @Override
  public int bytes() {
    return RtcpType.FEEDBACK_HEADER_BYTES + 8 + 4 * ssrcs.length;
  }

  @Override
  public void write(ByteWriter out) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond);
    int exponent = Math.max(0, bits - MANTISSA_BITS);
    int mantissa = (int) (bitsPerSecond >>> exponent);
    RtcpType.writeHeader(out, RtcpType.APPLICATION_LAYER, RtcpType.PAYLOAD_FEEDBACK, bytes())
        .u32(senderSsrc)
        .u32(0)
        .u32(IDENTIFIER)
        .u8(ssrcs.length)
        .u8(exponent << 2 | mantissa >>> 16)
        .u16(mantissa);
    for (long ssrc : ssrcs) {
      out.u32(ssrc);
    }
  }
}
