package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteWriter;

/** Bundles chunks into a packet, RFC 9260 section 6.10. */
public final class PacketWriter {
  private final byte[] buffer;
  private final int start;
  private final int maxBytes;
  private final ByteWriter out;
  private boolean standsAlone;

  /**
   * @param maxBytes of the whole packet
   */
  public PacketWriter(byte[] buffer, int offset, int maxBytes) {
    this.buffer = buffer;
    this.start = offset;
    this.maxBytes = Math.min(maxBytes, buffer.length - offset) & ~3;
    this.out = new ByteWriter(buffer, offset);
  }

  /** Starts the packet; chunks follow. */
  public PacketWriter header(int sourcePort, int destinationPort, long verificationTag) {
    out.u16(sourcePort).u16(destinationPort).u32(verificationTag).u32(0);
    return this;
  }

  /** Room for further chunks, each padded. */
  public int remaining() {
    return standsAlone ? 0 : maxBytes - out.length();
  }

  /** Whether there is room for the chunk, and nothing forbids it beside those before. */
  public boolean fits(Chunk chunk) {
    return chunk.paddedLength() <= remaining()
        && (isEmpty() || !ChunkType.standsAlone(chunk.type()));
  }

  /**
   * @throws IllegalArgumentException when the chunk does not {@linkplain #fits fit}
   */
  public PacketWriter add(Chunk chunk) {
    if (!fits(chunk)) {
      throw new IllegalArgumentException(
          "chunk of " + chunk.paddedLength() + " bytes, room for " + remaining());
    }
    chunk.writeTo(out);
    standsAlone = ChunkType.standsAlone(chunk.type());
    return this;
  }

  /** No chunk was added so far. */
  public boolean isEmpty() {
    return out.length() <= PacketReader.HEADER_BYTES;
  }

  /**
   * Writes the checksum.
   *
   * @return the length of the packet, 0 when no chunk was added
   */
  public int finish(Checksum checksum) {
    if (isEmpty()) {
      return 0;
    }
    if (checksum == Checksum.CRC32C) {
      int field = Checksum.fieldOf(Checksum.crc32c(buffer, start, out.length()));
      new ByteWriter(buffer, start + PacketReader.HEADER_BYTES - 4).u32(field);
    }
    return out.length();
  }
}
