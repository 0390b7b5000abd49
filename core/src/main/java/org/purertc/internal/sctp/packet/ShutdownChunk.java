package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * SHUTDOWN, RFC 9260 section 3.3.8.
 *
 * @param cumulativeTsnAck 32 bits
 */
public record ShutdownChunk(long cumulativeTsnAck) implements Chunk {

  static ShutdownChunk parse(ByteReader in) throws MalformedPacketException {
    return new ShutdownChunk(in.u32());
  }

  @Override
  public int type() {
    return ChunkType.SHUTDOWN;
  }

  @Override
  public int length() {
    return HEADER_BYTES + 4;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.SHUTDOWN, 0, length());
    out.u32(cumulativeTsnAck);
  }
}
