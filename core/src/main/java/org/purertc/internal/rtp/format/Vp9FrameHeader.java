package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * The beginning of a VP9 frame's uncompressed header, VP9 Bitstream &amp; Decoding Process
 * Specification section 6.2. Of a superframe it is the first frame's.
 */
final class Vp9FrameHeader {
  private static final int FRAME_MARKER = 2;
  private static final int SYNC_CODE = 0x498342;
  private static final int COLOR_SPACE_RGB = 7;

  private Vp9FrameHeader() {}

  static VideoFrameInfo parse(byte[] frame) throws MalformedPacketException {
    BitReader in = new BitReader(new ByteReader(frame));
    if (in.bits(2) != FRAME_MARKER) {
      throw new MalformedPacketException("a VP9 frame without its marker");
    }
    int profile = in.bits(1) | in.bits(1) << 1;
    if (profile == 3) {
      in.bits(1); // reserved
    }
    boolean showExistingFrame = in.flag();
    if (showExistingFrame || in.flag()) {
      return VideoFrameInfo.DEPENDENT;
    }
    in.bits(2); // show_frame, error_resilient_mode
    if (in.bits(24) != SYNC_CODE) {
      throw new MalformedPacketException("a VP9 key frame without its sync code");
    }
    skipColorConfig(in, profile);
    return new VideoFrameInfo(true, in.bits(16) + 1, in.bits(16) + 1);
  }

  /** Section 6.2.2. */
  private static void skipColorConfig(BitReader in, int profile) throws MalformedPacketException {
    boolean subsamplingIsSaid = profile == 1 || profile == 3;
    if (profile >= 2) {
      in.bits(1); // ten_or_twelve_bit
    }
    if (in.bits(3) != COLOR_SPACE_RGB) {
      in.bits(subsamplingIsSaid ? 4 : 1); // color_range; subsampling_x, subsampling_y, reserved
    } else if (subsamplingIsSaid) {
      in.bits(1); // reserved
    } else {
      throw new MalformedPacketException("VP9 RGB in profile " + profile);
    }
  }

  /** Whether a frame is a key frame; false also for what is no VP9, an encrypted frame for one. */
  static boolean isKeyFrame(byte[] frame) {
    try {
      return parse(frame).keyFrame();
    } catch (MalformedPacketException e) {
      return false;
    }
  }
}
