package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/**
 * COOKIE ECHO, RFC 9260 section 3.3.11.
 *
 * @param cookie the state cookie of the INIT ACK, unchanged
 */
public record CookieEchoChunk(byte[] cookie) implements Chunk {

  static CookieEchoChunk parse(ByteReader in) throws MalformedPacketException {
    return new CookieEchoChunk(in.bytes(in.remaining()));
  }

  @Override
  public int type() {
    return ChunkType.COOKIE_ECHO;
  }

  @Override
  public int length() {
    return HEADER_BYTES + cookie.length;
  }

  @Override
  public void writeTo(ByteWriter out) {
    Chunk.writeHeader(out, ChunkType.COOKIE_ECHO, 0, length());
    out.bytes(cookie);
    Padding.write(out, cookie.length);
  }
}
