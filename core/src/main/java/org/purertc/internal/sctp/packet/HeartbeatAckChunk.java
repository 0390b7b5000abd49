package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * HEARTBEAT ACK, RFC 9260 section 3.3.6.
 *
 * @param information opaque to all but the sender of the HEARTBEAT
 */
public record HeartbeatAckChunk(byte[] information) implements Chunk {

  static HeartbeatAckChunk parse(ByteReader in) throws MalformedPacketException {
    return new HeartbeatAckChunk(Parameter.parse(in, Parameter.HEARTBEAT_INFORMATION).value());
  }

  @Override
  public int type() {
    return ChunkType.HEARTBEAT_ACK;
  }

  @Override
  public int length() {
    return HEADER_BYTES + Parameter.HEADER_BYTES + information.length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.HEARTBEAT_ACK, 0, length());
    new Parameter(Parameter.HEARTBEAT_INFORMATION, information).writeTo(out);
  }
}
