package org.purertc.internal.sctp.packet;

import java.util.ArrayList;
import java.util.List;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** RE-CONFIG, RFC 6525 section 3.1: one or two requests or responses. */
public record ReConfigChunk(List<ReConfigParameter> parameters) implements Chunk {

  /** RFC 6525 section 3.1: the combinations that it allows never have more. */
  private static final int MAX_PARAMETERS = 2;

  public ReConfigChunk {
    parameters = List.copyOf(parameters);
  }

  public static ReConfigChunk of(ReConfigParameter... parameters) {
    return new ReConfigChunk(List.of(parameters));
  }

  static ReConfigChunk parse(ByteReader in) throws MalformedPacketException {
    List<ReConfigParameter> parameters = new ArrayList<>(MAX_PARAMETERS);
    while (in.hasRemaining()) {
      if (parameters.size() == MAX_PARAMETERS) {
        throw new MalformedPacketException("RE-CONFIG with more than two parameters");
      }
      parameters.add(ReConfigParameter.parse(in));
    }
    if (parameters.isEmpty()) {
      throw new MalformedPacketException("RE-CONFIG without parameter");
    }
    return new ReConfigChunk(parameters);
  }

  @Override
  public int type() {
    return ChunkType.RE_CONFIG;
  }

  /** RFC 9260 section 3.2: the padding of the last parameter is not counted. */
  @Override
  public int length() {
    int length = HEADER_BYTES;
    for (ReConfigParameter parameter : parameters) {
      length = Padding.padded(length) + parameter.length();
    }
    return length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.RE_CONFIG, 0, length());
    for (ReConfigParameter parameter : parameters) {
      parameter.writeTo(out);
      Padding.write(out, parameter.length());
    }
  }
}
