package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * DATA, RFC 9260 section 3.3.1: a whole message or a fragment of one.
 *
 * <p>The payload is a view of another array. In a chunk that was received that is the packet's
 * array, so the view ends with the call that handed it over; who keeps the payload copies it.
 *
 * @param immediate the I bit: the sender asks for a SACK without delay
 * @param unordered the U bit: the stream sequence number says nothing
 * @param beginning the B bit: the first fragment
 * @param ending the E bit: the last fragment
 * @param tsn 32 bits
 * @param streamSequence 16 bits
 * @param ppid 32 bits, for the user
 */
public record DataChunk(
    boolean immediate,
    boolean unordered,
    boolean beginning,
    boolean ending,
    long tsn,
    int streamId,
    int streamSequence,
    long ppid,
    byte[] buffer,
    int offset,
    int payloadLength)
    implements Chunk {

  /** Chunk header, TSN, stream, sequence and PPID. */
  public static final int HEADER_BYTES = 16;

  private static final int IMMEDIATE = 8;
  private static final int UNORDERED = 4;
  private static final int BEGINNING = 2;
  private static final int ENDING = 1;

  /**
   * A chunk without payload is well-formed: RFC 9260 section 6.2 answers it with an ABORT that says
   * "No User Data", which only the association can do.
   */
  static DataChunk parse(int flags, ByteReader in) throws MalformedPacketException {
    long tsn = in.u32();
    int streamId = in.u16();
    int streamSequence = in.u16();
    long ppid = in.u32();
    return new DataChunk(
        (flags & IMMEDIATE) != 0,
        (flags & UNORDERED) != 0,
        (flags & BEGINNING) != 0,
        (flags & ENDING) != 0,
        tsn,
        streamId,
        streamSequence,
        ppid,
        in.array(),
        in.position(),
        in.remaining());
  }

  @Override
  public int type() {
    return ChunkType.DATA;
  }

  @Override
  public int length() {
    return HEADER_BYTES + payloadLength;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.DATA, flags(), length());
    out.u32(tsn).u16(streamId).u16(streamSequence).u32(ppid).bytes(buffer, offset, payloadLength);
    Padding.write(out, payloadLength);
  }

  private int flags() {
    return (immediate ? IMMEDIATE : 0)
        | (unordered ? UNORDERED : 0)
        | (beginning ? BEGINNING : 0)
        | (ending ? ENDING : 0);
  }
}
