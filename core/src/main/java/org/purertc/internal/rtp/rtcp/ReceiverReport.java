package org.purertc.internal.rtp.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * RR, RFC 3550 section 6.4.2. Profile-specific extensions are skipped.
 *
 * @param ssrc of who reports
 */
public record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements RtcpPacket {

  /** Without report blocks. */
  public static final int FIXED_BYTES = 8;

  public ReceiverReport {
    blocks = checked(blocks);
  }

  static List<ReportBlock> checked(List<ReportBlock> blocks) {
    if (blocks.size() > ReportBlock.MAX_PER_REPORT) {
      throw new IllegalArgumentException(blocks.size() + " report blocks");
    }
    return List.copyOf(blocks);
  }

  static ReceiverReport parse(ByteReader in, int count) throws MalformedPacketException {
    return new ReceiverReport(in.u32(), parseBlocks(in, count));
  }

  static List<ReportBlock> parseBlocks(ByteReader in, int count) throws MalformedPacketException {
    List<ReportBlock> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(ReportBlock.parse(in));
    }
    return blocks;
  }

  @Override
  public int bytes() {
    return FIXED_BYTES + blocks.size() * ReportBlock.BYTES;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, blocks.size(), RtcpType.RECEIVER_REPORT, bytes()).u32(ssrc);
    blocks.forEach(block -> block.write(out));
  }
}
