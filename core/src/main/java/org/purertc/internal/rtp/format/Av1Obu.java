package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The header of an open bitstream unit, AV1 section 5.3.2.
 *
 * @param extension the extension header's byte, which tells the layer; -1 without one
 */
record Av1Obu(int header, int extension) {
  static final int SEQUENCE_HEADER = 1;
  static final int TEMPORAL_DELIMITER = 2;
  static final int FRAME_HEADER = 3;
  static final int FRAME = 6;

  private static final int TILE_LIST = 8;
  private static final int PADDING = 15;
  private static final int EXTENSION_FLAG = 0x04;
  private static final int HAS_SIZE_FIELD = 0x02;

  /** Takes the header off the reader; a size field stays. */
  static Av1Obu parse(ByteReader in) throws MalformedPacketException {
    int header = in.u8();
    if ((header & 0x80) != 0) {
      throw new MalformedPacketException("an OBU with the forbidden bit");
    }
    return new Av1Obu(header, (header & EXTENSION_FLAG) != 0 ? in.u8() : -1);
  }

  int type() {
    return header >> 3 & 0x0f;
  }

  boolean hasSizeField() {
    return (header & HAS_SIZE_FIELD) != 0;
  }

  int headerWithSizeField() {
    return header | HAS_SIZE_FIELD;
  }

  int headerWithoutSizeField() {
    return header & ~HAS_SIZE_FIELD;
  }

  int headerBytes() {
    return extension < 0 ? 1 : 2;
  }

  int temporalLayer() {
    return extension < 0 ? -1 : extension >> 5;
  }

  int spatialLayer() {
    return extension < 0 ? -1 : extension >> 3 & 3;
  }

  /**
   * RTP Payload Format for AV1, section 5: temporal delimiters and tile lists are not sent and are
   * ignored when they come; padding says nothing.
   */
  boolean isCarried() {
    return switch (type()) {
      case TEMPORAL_DELIMITER, TILE_LIST, PADDING -> false;
      default -> true;
    };
  }

  boolean isFrameHeader() {
    return type() == FRAME_HEADER || type() == FRAME;
  }

  /** The payload behind the header, and behind the size field where there is one. */
  ByteReader payload(ByteReader in) throws MalformedPacketException {
    return in.slice(hasSizeField() ? Leb128.readSize(in) : in.remaining());
  }
}
