package org.purertc.internal.sctp.packet;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Walks over a received packet, RFC 9260 section 3: the common header, then chunk after chunk.
 *
 * <p>A malformed chunk ends the walk: {@link #next} throws once and {@link #hasNext} is false after
 * that, while the chunks before it remain valid (RFC 9260 section 6.10: only the partial chunk is
 * dropped).
 */
public final class PacketReader {
  /** Ports, verification tag and checksum. */
  public static final int HEADER_BYTES = 12;

  private final int sourcePort;
  private final int destinationPort;
  private final long verificationTag;
  private final int firstType;
  private final ByteReader in;
  private boolean isFirst = true;
  private boolean ended;

  /**
   * @param checksum what is accepted: {@link Checksum#ZERO} also takes the CRC32c
   */
  public PacketReader(byte[] buffer, int offset, int length, Checksum checksum)
      throws MalformedPacketException {
    in = new ByteReader(buffer, offset, length);
    sourcePort = in.u16();
    destinationPort = in.u16();
    verificationTag = in.u32();
    int field = in.i32();
    if (in.remaining() < Chunk.HEADER_BYTES) {
      throw new MalformedPacketException("packet without chunk");
    }
    if (!checksum.accepts(field, buffer, offset, length)) {
      throw new MalformedPacketException("wrong checksum");
    }
    firstType = buffer[in.position()] & 0xff;
    checkBundling(buffer, in.position());
  }

  /** RFC 9260 section 6.10: a packet in which INIT is not alone is discarded as a whole. */
  private void checkBundling(byte[] buffer, int at) throws MalformedPacketException {
    int length = (buffer[at + 2] & 0xff) << 8 | buffer[at + 3] & 0xff;
    if (ChunkType.standsAlone(firstType) && Padding.padded(length) < in.remaining()) {
      throw new MalformedPacketException("chunk of type " + firstType + " is not alone");
    }
  }

  public int sourcePort() {
    return sourcePort;
  }

  public int destinationPort() {
    return destinationPort;
  }

  public long verificationTag() {
    return verificationTag;
  }

  /** Type of the first chunk, which rules how the verification tag is checked (section 8.5.1). */
  public int firstType() {
    return firstType;
  }

  public boolean hasNext() {
    return !ended && in.hasRemaining();
  }

  public Chunk next() throws MalformedPacketException {
    ended = true;
    Chunk chunk = Chunk.parse(in);
    if (!isFirst && ChunkType.standsAlone(chunk.type())) {
      throw new MalformedPacketException("chunk of type " + chunk.type() + " is not alone");
    }
    isFirst = false;
    ended = false;
    return chunk;
  }
}
