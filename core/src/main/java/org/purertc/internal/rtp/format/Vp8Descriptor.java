package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The VP8 payload descriptor, RFC 7741 section 4.2.
 *
 * @param nonReference N: whether no later frame needs this one
 * @param startOfPartition S
 * @param partitionIndex PID
 * @param pictureId -1 without one
 * @param pictureIdBits 7, 15, or 0 without one
 * @param tl0PictureIndex TL0PICIDX; -1 without one
 * @param temporalLayer TID; -1 without one
 * @param layerSync Y: whether it needs the lowest temporal layer only
 * @param keyIndex KEYIDX; -1 without one
 */
record Vp8Descriptor(
    boolean nonReference,
    boolean startOfPartition,
    int partitionIndex,
    int pictureId,
    int pictureIdBits,
    int tl0PictureIndex,
    int temporalLayer,
    boolean layerSync,
    int keyIndex) {

  /** Reads the descriptor; the reader then stands at the VP8 data, which has at least one byte. */
  static Vp8Descriptor parse(ByteReader in) throws MalformedPacketException {
    int first = in.u8();
    int extension = (first & 0x80) != 0 ? in.u8() : 0;
    int pictureId = -1;
    int pictureIdBits = 0;
    if ((extension & 0x80) != 0) {
      int id = in.u8();
      boolean isLong = (id & 0x80) != 0;
      pictureId = isLong ? (id & 0x7f) << 8 | in.u8() : id;
      pictureIdBits = isLong ? 15 : 7;
    }
    int tl0PictureIndex = (extension & 0x40) != 0 ? in.u8() : -1;
    boolean hasLayer = (extension & 0x20) != 0;
    boolean hasKeyIndex = (extension & 0x10) != 0;
    int layers = hasLayer || hasKeyIndex ? in.u8() : 0;
    if (!in.hasRemaining()) {
      throw new MalformedPacketException("a VP8 payload without data");
    }
    return new Vp8Descriptor(
        (first & 0x20) != 0,
        (first & 0x10) != 0,
        first & 0x07,
        pictureId,
        pictureIdBits,
        tl0PictureIndex,
        hasLayer ? layers >> 6 : -1,
        hasLayer && (layers & 0x20) != 0,
        hasKeyIndex ? layers & 0x1f : -1);
  }

  /** Whether the VP8 data begin with the frame's header. */
  boolean beginsFrame() {
    return startOfPartition && partitionIndex == 0;
  }
}
