package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * SACK, RFC 9260 section 3.3.4.
 *
 * @param cumulativeTsnAck 32 bits
 * @param receiveWindowBytes the advertised receiver window credit
 * @param gapOffsets start and end of each gap ack block in turn, relative to the cumulative TSN
 * @param duplicateTsns 32 bits each
 */
public record SackChunk(
    long cumulativeTsnAck, long receiveWindowBytes, int[] gapOffsets, long[] duplicateTsns)
    implements Chunk {

  /** Without gap blocks and duplicates. */
  public static final int FIXED_BYTES = 16;

  /** One gap block, or one duplicate. */
  public static final int ENTRY_BYTES = 4;

  private static final int[] NO_GAPS = {};
  private static final long[] NO_DUPLICATES = {};

  static SackChunk parse(ByteReader in) throws MalformedPacketException {
    long cumulativeTsnAck = in.u32();
    long receiveWindowBytes = in.u32();
    int gaps = in.u16();
    int duplicates = in.u16();
    if ((gaps + duplicates) * ENTRY_BYTES > in.remaining()) {
      throw new MalformedPacketException("SACK of " + gaps + " gaps is too short");
    }
    int[] gapOffsets = gaps == 0 ? NO_GAPS : new int[2 * gaps];
    for (int i = 0; i < gapOffsets.length; i += 2) {
      gapOffsets[i] = in.u16();
      gapOffsets[i + 1] = in.u16();
      if (gapOffsets[i] == 0 || gapOffsets[i] > gapOffsets[i + 1]) {
        throw new MalformedPacketException("gap ack block that ends before it starts");
      }
    }
    long[] duplicateTsns = duplicates == 0 ? NO_DUPLICATES : new long[duplicates];
    for (int i = 0; i < duplicates; i++) {
      duplicateTsns[i] = in.u32();
    }
    return new SackChunk(cumulativeTsnAck, receiveWindowBytes, gapOffsets, duplicateTsns);
  }

  public int gapCount() {
    return gapOffsets.length / 2;
  }

  /** First TSN of a gap ack block, relative to the cumulative TSN. */
  public int gapStart(int index) {
    return gapOffsets[2 * index];
  }

  /** Last TSN of a gap ack block, relative to the cumulative TSN. */
  public int gapEnd(int index) {
    return gapOffsets[2 * index + 1];
  }

  @Override
  public int type() {
    return ChunkType.SACK;
  }

  @Override
  public int length() {
    return FIXED_BYTES + (gapCount() + duplicateTsns.length) * ENTRY_BYTES;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.SACK, 0, length());
    out.u32(cumulativeTsnAck).u32(receiveWindowBytes).u16(gapCount()).u16(duplicateTsns.length);
    for (int offset : gapOffsets) {
      out.u16(offset);
    }
    for (long tsn : duplicateTsns) {
      out.u32(tsn);
    }
  }
}
