package org.purertc.internal.sctp.packet;

import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** ERROR, RFC 9260 section 3.3.10. */
public record ErrorChunk(List<ErrorCause> causes) implements Chunk {

  public ErrorChunk {
    causes = List.copyOf(causes);
  }

  static ErrorChunk parse(ByteReader in) throws MalformedPacketException {
    return new ErrorChunk(ErrorCause.parseAll(in));
  }

  @Override
  public int type() {
    return ChunkType.ERROR;
  }

  @Override
  public int length() {
    return HEADER_BYTES + ErrorCause.lengthOf(causes);
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.ERROR, 0, length());
    causes.forEach(cause -> cause.writeTo(out));
  }
}
