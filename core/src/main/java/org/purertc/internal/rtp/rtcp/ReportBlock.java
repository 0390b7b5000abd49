package org.purertc.internal.rtp.rtcp;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * How one source is received, RFC 3550 section 6.4.1.
 *
 * @param ssrc of the source that is reported on
 * @param fractionLost of the packets since the last report, in 256ths
 * @param cumulativeLost 24 bits with sign: duplicates can make it negative
 * @param extendedHighestSequence the cycles in the upper 16 bits
 * @param jitter in timestamp units
 * @param lastSenderReport the middle 32 bits of its NTP timestamp; 0 without one
 * @param delaySinceLastSenderReport in units of 1/65536 s
 */
public record ReportBlock(
    long ssrc,
    int fractionLost,
    int cumulativeLost,
    long extendedHighestSequence,
    long jitter,
    long lastSenderReport,
    long delaySinceLastSenderReport) {

  static final int BYTES = 24;

  /** The header's count has 5 bits. */
  public static final int MAX_PER_REPORT = 31;

  static ReportBlock parse(ByteReader in) throws MalformedPacketException {
    long ssrc = in.u32();
    int loss = in.i32();
    return new ReportBlock(
        ssrc, loss >>> 24, loss << 8 >> 8, in.u32(), in.u32(), in.u32(), in.u32());
  }

  void write(ByteWriter out) {
    out.u32(ssrc)
        .u8(fractionLost)
        .u8(cumulativeLost >> 16)
        .u16(cumulativeLost)
        .u32(extendedHighestSequence)
        .u32(jitter)
        .u32(lastSenderReport)
        .u32(delaySinceLastSenderReport);
  }
}
