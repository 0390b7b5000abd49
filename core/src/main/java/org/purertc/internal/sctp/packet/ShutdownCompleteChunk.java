package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteWriter;

/**
 * SHUTDOWN COMPLETE, RFC 9260 section 3.3.13.
 *
 * @param tagReflected the T bit: the sender had no association and gave our own tag back
 */
public record ShutdownCompleteChunk(boolean tagReflected) implements Chunk {
  private static final int TAG_REFLECTED = 1;

  static ShutdownCompleteChunk parse(int flags) {
    return new ShutdownCompleteChunk((flags & TAG_REFLECTED) != 0);
  }

  @Override
  public int type() {
    return ChunkType.SHUTDOWN_COMPLETE;
  }

  @Override
  public int length() {
    return HEADER_BYTES;
  }

  @Override
  public void writeTo(ByteWriter out) {
    int flags = tagReflected ? TAG_REFLECTED : 0;
    Chunk.writeHeader(out, ChunkType.SHUTDOWN_COMPLETE, flags, HEADER_BYTES);
  }
}
