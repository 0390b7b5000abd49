package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** What a temporal unit of AV1 tells of its frame, in sequence header and frame header. */
final class Av1FrameHeader {
  private Av1FrameHeader() {}

  /** Reads a temporal unit in the low-overhead format, AV1 section 5.2. */
  static VideoFrameInfo parse(byte[] temporalUnit) throws MalformedPacketException {
    ByteReader in = new ByteReader(temporalUnit);
    VideoFrameInfo size = VideoFrameInfo.DEPENDENT;
    while (in.hasRemaining()) {
      Av1Obu obu = Av1Obu.parse(in);
      ByteReader payload = obu.payload(in);
      if (obu.type() == Av1Obu.SEQUENCE_HEADER) {
        size = Av1SequenceHeader.parse(payload);
      } else if (obu.isFrameHeader()) {
        return new VideoFrameInfo(isKeyFrame(payload), size.width(), size.height());
      }
    }
    throw new MalformedPacketException("AV1 without a frame");
  }

  /** AV1 section 5.9.2: show_existing_frame 0, frame_type KEY_FRAME, show_frame 1. */
  static boolean isKeyFrame(ByteReader payload) throws MalformedPacketException {
    return payload.u8() >> 4 == 1;
  }
}
