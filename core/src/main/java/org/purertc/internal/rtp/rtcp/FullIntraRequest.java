package org.purertc.internal.rtp.rtcp;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * FIR, RFC 5104 section 4.3.1.
 *
 * @param senderSsrc of who asks
 */
public record FullIntraRequest(long senderSsrc, List<Entry> entries) implements RtcpPacket {
  private static final int ENTRY_BYTES = 8;

  public FullIntraRequest {
    entries = List.copyOf(entries);
  }

  /**
   * A stream that is to give a key frame.
   *
   * @param sequence 8 bits; a repeated request has the number of the first
   */
  public record Entry(long ssrc, int sequence) {}

  static FullIntraRequest parse(ByteReader in) throws MalformedPacketException {
    long sender = in.u32();
    in.u32(); // RFC 5104 section 4.3.1.2: the SSRC of the media source is not used
    List<Entry> entries = new ArrayList<>(in.remaining() / ENTRY_BYTES);
    while (in.remaining() >= ENTRY_BYTES) {
      entries.add(new Entry(in.u32(), in.u8()));
      in.skip(3);
    }
    if (entries.isEmpty()) {
      throw new MalformedPacketException("FIR of nothing");
    }
    return new FullIntraRequest(sender, entries);
  }

  @Override
  public int bytes() {
    return RtcpType.FEEDBACK_HEADER_BYTES + entries.size() * ENTRY_BYTES;
  }

  @Override
  public void write(ByteWriter out) {
    int format = RtcpType.FULL_INTRA_REQUEST;
    RtcpType.writeHeader(out, format, RtcpType.PAYLOAD_FEEDBACK, bytes()).u32(senderSsrc).u32(0);
    for (Entry entry : entries) {
      out.u32(entry.ssrc).u8(entry.sequence).zeros(3);
    }
  }
}
