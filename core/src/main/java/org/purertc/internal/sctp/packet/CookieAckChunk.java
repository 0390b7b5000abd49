package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteWriter;

/** COOKIE ACK, RFC 9260 section 3.3.12. */
public record CookieAckChunk() implements Chunk {

  @Override
  public int type() {
    return ChunkType.COOKIE_ACK;
  }

  @Override
  public int length() {
    return HEADER_BYTES;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.COOKIE_ACK, 0, HEADER_BYTES);
  }
}
