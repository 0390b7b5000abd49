package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * INIT, RFC 9260 section 3.3.2.
 *
 * @param initiateTag what the receiver puts into the verification tag of each packet
 * @param receiveWindowBytes the advertised receiver window credit
 */
public record InitChunk(
    long initiateTag,
    long receiveWindowBytes,
    int outboundStreams,
    int inboundStreams,
    long initialTsn,
    Parameters parameters)
    implements Chunk {
  private static final int FIXED_BYTES = 20;

  /**
   * The fixed fields are not judged here: tag 0 and no streams have answers of their own (RFC 9260
   * sections 3.3.2 and 3.3.3) that depend on the state of the association.
   */
  static InitChunk parse(ByteReader in) throws MalformedPacketException {
    long initiateTag = in.u32();
    long receiveWindowBytes = in.u32();
    int outboundStreams = in.u16();
    int inboundStreams = in.u16();
    long initialTsn = in.u32();
    return new InitChunk(
        initiateTag,
        receiveWindowBytes,
        outboundStreams,
        inboundStreams,
        initialTsn,
        Parameters.parse(in));
  }

  @Override
  public int type() {
    return ChunkType.INIT;
  }

  @Override
  public int length() {
    return FIXED_BYTES + parameters.length();
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.INIT, 0, length());
    out.u32(initiateTag).u32(receiveWindowBytes).u16(outboundStreams).u16(inboundStreams);
    out.u32(initialTsn);
    parameters.writeTo(out);
    Padding.write(out, length());
  }
}
