package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * A chunk of a type that we do not know; RFC 9260 section 3.2: its type says what to do with it.
 */
public record UnknownChunk(int type, int flags, byte[] value) implements Chunk {

  static UnknownChunk parse(int type, int flags, ByteReader in) throws MalformedPacketException {
    return new UnknownChunk(type, flags, in.bytes(in.remaining()));
  }

  /** Highest bit clear: this chunk and what follows in the packet are not processed. */
  public boolean stopsPacket() {
    return (type & 0x80) == 0;
  }

  /** Second highest bit set: reported in an ERROR chunk, "Unrecognized Chunk Type". */
  public boolean isReported() {
    return (type & 0x40) != 0;
  }

  @Override
  public int length() {
    return HEADER_BYTES + value.length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, type, flags, length());
    out.bytes(value);
    Padding.write(out, value.length);
  }
}
