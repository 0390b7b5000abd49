package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteWriter;

/** SHUTDOWN ACK, RFC 9260 section 3.3.9. */
public record ShutdownAckChunk() implements Chunk {

  @Override
  public int type() {
    return ChunkType.SHUTDOWN_ACK;
  }

  @Override
  public int length() {
    return HEADER_BYTES;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.SHUTDOWN_ACK, 0, HEADER_BYTES);
  }
}
