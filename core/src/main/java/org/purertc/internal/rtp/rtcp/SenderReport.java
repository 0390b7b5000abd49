package org.purertc.internal.rtp.rtcp;

import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * SR, RFC 3550 section 6.4.1. Profile-specific extensions are skipped.
 *
 * @param ssrc of the sender
 * @param ntpTimestamp when it was sent, 64 bits
 * @param rtpTimestamp the same instant in the units of the stream
 * @param packets sent so far, 32 bits
 * @param octets of payload sent so far, 32 bits
 */
public record SenderReport(
    long ssrc,
    long ntpTimestamp,
    long rtpTimestamp,
    long packets,
    long octets,
    List<ReportBlock> blocks)
    implements RtcpPacket {

  /** Without report blocks. */
  public static final int FIXED_BYTES = 28;

  public SenderReport {
    blocks = ReceiverReport.checked(blocks);
  }

  static SenderReport parse(ByteReader in, int count) throws MalformedPacketException {
    return new SenderReport(
        in.u32(), in.i64(), in.u32(), in.u32(), in.u32(), ReceiverReport.parseBlocks(in, count));
  }

  @Override
  public int bytes() {
    return FIXED_BYTES + blocks.size() * ReportBlock.BYTES;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, blocks.size(), RtcpType.SENDER_REPORT, bytes())
        .u32(ssrc)
        .u64(ntpTimestamp)
        .u32(rtpTimestamp)
        .u32(packets)
        .u32(octets);
    blocks.forEach(block -> block.write(out));
  }
}
