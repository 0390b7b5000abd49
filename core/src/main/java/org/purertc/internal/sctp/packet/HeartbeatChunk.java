package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * HEARTBEAT, RFC 9260 section 3.3.5.
 *
 * @param information opaque to all but the sender of the HEARTBEAT
 */
public record HeartbeatChunk(byte[] information) implements Chunk {

  static HeartbeatChunk parse(ByteReader in) throws MalformedPacketException {
    return new HeartbeatChunk(Parameter.parse(in, Parameter.HEARTBEAT_INFORMATION).value());
  }

  @Override
  public int type() {
    return ChunkType.HEARTBEAT;
  }

  @Override
  public int length() {
    return HEADER_BYTES + Parameter.HEADER_BYTES + information.length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.HEARTBEAT, 0, length());
    new Parameter(Parameter.HEARTBEAT_INFORMATION, information).writeTo(out);
  }
}
