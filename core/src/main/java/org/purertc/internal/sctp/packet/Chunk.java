package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** One chunk of an SCTP packet, RFC 9260 section 3.2. */
public sealed interface Chunk
    permits AbortChunk,
        CookieAckChunk,
        CookieEchoChunk,
        DataChunk,
        ErrorChunk,
        ForwardTsnChunk,
        HeartbeatAckChunk,
        HeartbeatChunk,
        Initiation,
        ReConfigChunk,
        SackChunk,
        ShutdownAckChunk,
        ShutdownChunk,
        ShutdownCompleteChunk,
        UnknownChunk {

  /** Type, flags and length. */
  int HEADER_BYTES = 4;

  int type();

  /** What the length field says: header and value without the padding. */
  int length();

  /** Writes header, value and padding. */
  void writeTo(ByteWriter out);

  /** Bytes that {@link #writeTo} writes. */
  default int paddedLength() {
    return Padding.padded(length());
  }

  /** Reads one chunk and passes its padding. */
  static Chunk parse(ByteReader in) throws MalformedPacketException {
    int type = in.u8();
    int flags = in.u8();
    int length = in.u16();
    if (length < HEADER_BYTES) {
      throw new MalformedPacketException("chunk of length " + length);
    }
    ByteReader value = in.slice(length - HEADER_BYTES);
    Padding.skip(in, length);
    return parseValue(type, flags, value);
  }

  private static Chunk parseValue(int type, int flags, ByteReader value)
      throws MalformedPacketException {
    return switch (type) {
      case ChunkType.DATA -> DataChunk.parse(flags, value);
      case ChunkType.INIT -> Initiation.parse(value, InitChunk::new);
      case ChunkType.INIT_ACK -> Initiation.parse(value, InitAckChunk::new);
      case ChunkType.SACK -> SackChunk.parse(value);
      case ChunkType.HEARTBEAT -> HeartbeatChunk.parse(value);
      case ChunkType.HEARTBEAT_ACK -> HeartbeatAckChunk.parse(value);
      case ChunkType.ABORT -> AbortChunk.parse(flags, value);
      case ChunkType.SHUTDOWN -> ShutdownChunk.parse(value);
      case ChunkType.SHUTDOWN_ACK -> new ShutdownAckChunk();
      case ChunkType.ERROR -> ErrorChunk.parse(value);
      case ChunkType.COOKIE_ECHO -> CookieEchoChunk.parse(value);
      case ChunkType.COOKIE_ACK -> new CookieAckChunk();
      case ChunkType.SHUTDOWN_COMPLETE -> ShutdownCompleteChunk.parse(flags);
      case ChunkType.RE_CONFIG -> ReConfigChunk.parse(value);
      case ChunkType.FORWARD_TSN -> ForwardTsnChunk.parse(value);
      default -> UnknownChunk.parse(type, flags, value);
    };
  }

  /** Writes the first four bytes of a chunk. */
  static void writeHeader(ByteWriter out, int type, int flags, int length) {
    out.u8(type).u8(flags).u16(length);
  }
}
