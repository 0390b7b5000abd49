package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * FORWARD TSN, RFC 3758 section 3.2: the sender gave up everything to this TSN.
 *
 * @param newCumulativeTsn 32 bits
 * @param streamIds the ordered streams on which messages were given up
 * @param streamSequences the last sequence number given up on each of them
 */
public record ForwardTsnChunk(long newCumulativeTsn, int[] streamIds, int[] streamSequences)
    implements Chunk {

  /** Without streams. */
  public static final int FIXED_BYTES = 8;

  /** One stream and its sequence number. */
  public static final int ENTRY_BYTES = 4;

  public ForwardTsnChunk {
    if (streamIds.length != streamSequences.length) {
      throw new IllegalArgumentException("each stream needs one sequence number");
    }
  }

  static ForwardTsnChunk parse(ByteReader in) throws MalformedPacketException {
    long newCumulativeTsn = in.u32();
    int streams = in.remaining() / ENTRY_BYTES;
    int[] streamIds = new int[streams];
    int[] streamSequences = new int[streams];
    for (int i = 0; i < streams; i++) {
      streamIds[i] = in.u16();
      streamSequences[i] = in.u16();
    }
    return new ForwardTsnChunk(newCumulativeTsn, streamIds, streamSequences);
  }

  @Override
  public int type() {
    return ChunkType.FORWARD_TSN;
  }

  @Override
  public int length() {
    return FIXED_BYTES + streamIds.length * ENTRY_BYTES;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.FORWARD_TSN, 0, length());
    out.u32(newCumulativeTsn);
    for (int i = 0; i < streamIds.length; i++) {
      out.u16(streamIds[i]).u16(streamSequences[i]);
    }
  }
}
