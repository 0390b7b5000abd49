package org.purertc.internal.sctp.packet;

import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * ABORT, RFC 9260 section 3.3.7.
 *
 * @param tagReflected the T bit: the sender had no association and gave our own tag back
 */
public record AbortChunk(boolean tagReflected, List<ErrorCause> causes) implements Chunk {
  private static final int TAG_REFLECTED = 1;

  public AbortChunk {
    causes = List.copyOf(causes);
  }

  static AbortChunk parse(int flags, ByteReader in) throws MalformedPacketException {
    return new AbortChunk((flags & TAG_REFLECTED) != 0, ErrorCause.parseAll(in));
  }

  @Override
  public int type() {
    return ChunkType.ABORT;
  }

  @Override
  public int length() {
    return HEADER_BYTES + ErrorCause.lengthOf(causes);
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.ABORT, tagReflected ? TAG_REFLECTED : 0, length());
    causes.forEach(cause -> cause.writeTo(out));
  }
}
