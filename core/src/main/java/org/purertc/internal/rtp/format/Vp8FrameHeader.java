package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** The part of a VP8 frame that is not entropy coded, RFC 6386 section 9.1. */
final class Vp8FrameHeader {
  private Vp8FrameHeader() {}

  /** The lowest bit of a frame's first byte is 0 in a key frame. */
  static boolean isKeyFrame(int firstByte) {
    return (firstByte & 0x01) == 0;
  }

  static VideoFrameInfo parse(byte[] frame) throws MalformedPacketException {
    ByteReader in = new ByteReader(frame);
    boolean keyFrame = isKeyFrame(in.u8());
    in.skip(2); // the first partition's size
    if (!keyFrame) {
      return VideoFrameInfo.DEPENDENT;
    }
    if (in.u8() != 0x9d || in.u16() != 0x012a) {
      throw new MalformedPacketException("a VP8 key frame without its start code");
    }
    // Little endian; the upper two bits are the scaling that the receiver may apply.
    int width = Short.reverseBytes((short) in.u16()) & 0x3fff;
    int height = Short.reverseBytes((short) in.u16()) & 0x3fff;
    return new VideoFrameInfo(true, width, height);
  }
}
