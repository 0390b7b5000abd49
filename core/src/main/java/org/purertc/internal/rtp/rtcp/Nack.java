package org.purertc.internal.rtp.rtcp;

import java.util.Arrays;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Generic NACK, RFC 4585 section 6.2.1: packets that are missing.
 *
 * @param senderSsrc of who asks
 * @param mediaSsrc of the stream that has a gap
 * @param sequences 16 bits each; those written should be ascending, which packs best
 */
public record Nack(long senderSsrc, long mediaSsrc, int[] sequences) implements RtcpPacket {
  private static final int ENTRY_BYTES = 4;

  /** What an entry names: one packet, and any of the 16 that follow it. */
  private static final int ENTRY_SEQUENCES = 17;

  static Nack parse(ByteReader in) throws MalformedPacketException {
    long sender = in.u32();
    long media = in.u32();
    int entries = in.remaining() / ENTRY_BYTES;
    if (entries == 0) {
      // RFC 4585 section 6.2.1: the FCI field must contain at least one generic NACK.
      throw new MalformedPacketException("NACK of nothing");
    }
    int[] sequences = new int[entries * ENTRY_SEQUENCES];
    int count = 0;
    for (int i = 0; i < entries; i++) {
      int packetId = in.u16();
      sequences[count++] = packetId;
      for (int mask = in.u16(), next = packetId + 1; mask != 0; mask >>>= 1, next++) {
        if ((mask & 1) != 0) {
          sequences[count++] = next & 0xffff;
        }
      }
    }
    return new Nack(sender, media, Arrays.copyOf(sequences, count));
  }

  /** Index behind the sequences that share the entry of the one at {@code from}. */
  private int entryEnd(int from) {
    int end = from + 1;
    while (end < sequences.length && isInMask(sequences[from], sequences[end])) {
      end++;
    }
    return end;
  }

  private static boolean isInMask(int packetId, int sequence) {
    int distance = sequence - packetId & 0xffff;
    return distance >= 1 && distance < ENTRY_SEQUENCES;
  }

  @Override
  public int bytes() {
    int bytes = RtcpType.FEEDBACK_HEADER_BYTES;
    for (int i = 0; i < sequences.length; i = entryEnd(i)) {
      bytes += ENTRY_BYTES;
    }
    return bytes;
  }

  @Override
  public void write(ByteWriter out) {
    RtcpType.writeHeader(out, RtcpType.NACK, RtcpType.TRANSPORT_FEEDBACK, bytes())
        .u32(senderSsrc)
        .u32(mediaSsrc);
    for (int i = 0, end; i < sequences.length; i = end) {
      end = entryEnd(i);
      int mask = 0;
      for (int j = i + 1; j < end; j++) {
        mask |= 1 << (sequences[j] - sequences[i] - 1 & 0xffff);
      }
      out.u16(sequences[i]).u16(mask);
    }
  }
}
