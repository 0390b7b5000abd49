package org.purertc.internal.rtp.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * XR, RFC 3611: the two blocks by which a receiver measures the round trip; others are skipped.
 *
 * @param ssrc of who reports
 * @param referenceTime the NTP timestamp of its receiver reference time block, section 4.4; 0
 *     without one
 * @param delays of its DLRR block, section 4.5
 */
public record ExtendedReports(long ssrc, long referenceTime, List<Delay> delays)
    implements RtcpPacket {
  private static final int RECEIVER_REFERENCE_TIME = 4;
  private static final int DLRR = 5;
  private static final int DELAY_BYTES = 12;
  private static final int BLOCK_HEADER_BYTES = 4;

  public ExtendedReports {
    delays = List.copyOf(delays);
  }

  /**
   * How long ago a receiver reference time came.
   *
   * @param ssrc of the receiver that it came from
   * @param lastReferenceTime its middle 32 bits
   * @param delay since, in units of 1/65536 s
   */
  public record Delay(long ssrc, long lastReferenceTime, long delay) {}

  static ExtendedReports parse(ByteReader in) throws MalformedPacketException {
    long ssrc = in.u32();
    long referenceTime = 0;
    List<Delay> delays = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = in.u8();
      in.u8();
      ByteReader block = in.slice(4 * in.u16());
      if (type == RECEIVER_REFERENCE_TIME) {
        referenceTime = block.i64();
      } else if (type == DLRR) {
        while (block.remaining() >= DELAY_BYTES) {
          delays.add(new Delay(block.u32(), block.u32(), block.u32()));
        }
      }
    }
    return new ExtendedReports(ssrc, referenceTime, delays);
  }

  @Override
  public int bytes() {
    int reference = referenceTime == 0 ? 0 : BLOCK_HEADER_BYTES + 8;
    int delay = delays.isEmpty() ? 0 : BLOCK_HEADER_BYTES + delays.size() * DELAY_BYTES;
    return RtcpType.HEADER_BYTES + 4 + reference + delay;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, 0, RtcpType.EXTENDED_REPORTS, bytes()).u32(ssrc);
    if (referenceTime != 0) {
      out.u8(RECEIVER_REFERENCE_TIME).u8(0).u16(2).u64(referenceTime);
    }
    if (!delays.isEmpty()) {
      out.u8(DLRR).u8(0).u16(delays.size() * DELAY_BYTES / 4);
      for (Delay delay : delays) {
        out.u32(delay.ssrc).u32(delay.lastReferenceTime).u32(delay.delay);
      }
    }
  }
}
