package org.purertc.internal.rtp.format;

import java.util.Arrays;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** The beginning of a sequence parameter set, H.264 section 7.3.2.1.1: the size of its pictures. */
final class H264SequenceParameterSet {
  private static final int MACROBLOCK_PIXELS = 16;

  /** Far above level 6.2, whose widest picture has 16,880 pixels (table A-1). */
  private static final int MAX_MACROBLOCKS = 4_096;

  private final BitReader in;
  private int chromaFormat = 1;
  private boolean separateColourPlanes;

  private H264SequenceParameterSet(BitReader in) {
    this.in = in;
  }

  /** Reads a whole NAL unit, with its header and with emulation prevention. */
  static VideoFrameInfo parse(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    BitReader in =
        new BitReader(new ByteReader(withoutEmulationPrevention(buffer, offset, length)));
    in.bits(8); // NAL unit header
    return new H264SequenceParameterSet(in).readSize();
  }

  /** H.264 section 7.3.1: of the bytes 0, 0, 3 the last is not part of the payload. */
  private static byte[] withoutEmulationPrevention(byte[] buffer, int offset, int length) {
    byte[] payload = new byte[length];
    int bytes = 0;
    int zeros = 0;
    for (int i = offset; i < offset + length; i++) {
      if (zeros >= 2 && buffer[i] == 3) {
        zeros = 0;
        continue;
      }
      zeros = buffer[i] == 0 ? zeros + 1 : 0;
      payload[bytes++] = buffer[i];
    }
    return Arrays.copyOf(payload, bytes);
  }

  private VideoFrameInfo readSize() throws MalformedPacketException {
    int profile = in.bits(8);
    in.bits(16); // constraint flags, level_idc
    in.expGolomb(31); // seq_parameter_set_id
    if (saysChromaFormat(profile)) {
      readChromaFormat();
    }
    in.expGolomb(12); // log2_max_frame_num_minus4
    skipPictureOrderCount();
    in.expGolomb(); // max_num_ref_frames
    in.flag(); // gaps_in_frame_num_value_allowed_flag
    int width = (in.expGolomb(MAX_MACROBLOCKS - 1) + 1) * MACROBLOCK_PIXELS;
    int heightUnits = in.expGolomb(MAX_MACROBLOCKS - 1) + 1;
    int fieldsPerUnit = in.flag() ? 1 : 2; // frame_mbs_only_flag
    int height = heightUnits * MACROBLOCK_PIXELS * fieldsPerUnit;
    if (fieldsPerUnit == 2) {
      in.flag(); // mb_adaptive_frame_field_flag
    }
    in.flag(); // direct_8x8_inference_flag
    if (!in.flag()) {
      return new VideoFrameInfo(true, width, height);
    }
    return cropped(width, height, fieldsPerUnit);
  }

  /** Section 7.4.2.1.1, equations 7-19 to 7-22. */
  private VideoFrameInfo cropped(int width, int height, int fieldsPerUnit)
      throws MalformedPacketException {
    boolean subsamples = !separateColourPlanes;
    int unitX = subsamples && (chromaFormat == 1 || chromaFormat == 2) ? 2 : 1;
    int unitY = (subsamples && chromaFormat == 1 ? 2 : 1) * fieldsPerUnit;
    int croppedWidth = width - unitX * (in.expGolomb(width) + in.expGolomb(width));
    int croppedHeight = height - unitY * (in.expGolomb(height) + in.expGolomb(height));
    if (croppedWidth < 1 || croppedHeight < 1) {
      throw new MalformedPacketException("H.264 pictures cropped to nothing");
    }
    return new VideoFrameInfo(true, croppedWidth, croppedHeight);
  }

  private static boolean saysChromaFormat(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }

  private void readChromaFormat() throws MalformedPacketException {
    chromaFormat = in.expGolomb(3);
    if (chromaFormat == 3) {
      separateColourPlanes = in.flag();
    }
    in.expGolomb(6); // bit_depth_luma_minus8
    in.expGolomb(6); // bit_depth_chroma_minus8
    in.flag(); // qpprime_y_zero_transform_bypass_flag
    if (in.flag()) {
      int lists = chromaFormat == 3 ? 12 : 8;
      for (int i = 0; i < lists; i++) {
        if (in.flag()) {
          skipScalingList(i < 6 ? 16 : 64);
        }
      }
    }
  }

  /** Section 7.3.2.1.1.1. */
  private void skipScalingList(int size) throws MalformedPacketException {
    long scale = 8;
    for (int i = 0; i < size && scale != 0; i++) {
      scale = scale + in.signedExpGolomb() & 0xff;
    }
  }

  private void skipPictureOrderCount() throws MalformedPacketException {
    int type = in.expGolomb(2);
    if (type == 0) {
      in.expGolomb(12); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      in.flag(); // delta_pic_order_always_zero_flag
      in.signedExpGolomb(); // offset_for_non_ref_pic
      in.signedExpGolomb(); // offset_for_top_to_bottom_field
      for (int i = in.expGolomb(255); i > 0; i--) {
        in.signedExpGolomb(); // offset_for_ref_frame
      }
    }
  }
}
