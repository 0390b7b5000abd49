package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/** The beginning of a sequence header, AV1 section 5.5: the size of its largest frames. */
final class Av1SequenceHeader {
  private final BitReader in;
  private boolean decoderModel;
  private boolean initialDisplayDelay;
  private int bufferDelayBits;

  private Av1SequenceHeader(BitReader in) {
    this.in = in;
  }

  static VideoFrameInfo parse(ByteReader payload) throws MalformedPacketException {
    return new Av1SequenceHeader(new BitReader(payload)).readSize();
  }

  private VideoFrameInfo readSize() throws MalformedPacketException {
    in.bits(4); // seq_profile, still_picture
    if (in.flag()) { // reduced_still_picture_header
      in.bits(5); // seq_level_idx
    } else {
      if (in.flag()) { // timing_info_present_flag
        skipTimingInfo();
      }
      initialDisplayDelay = in.flag();
      for (int points = in.bits(5) + 1; points > 0; points--) {
        skipOperatingPoint();
      }
    }
    int widthBits = in.bits(4) + 1;
    int heightBits = in.bits(4) + 1;
    return new VideoFrameInfo(true, in.bits(widthBits) + 1, in.bits(heightBits) + 1);
  }

  /** Sections 5.5.3 and 5.5.4. */
  private void skipTimingInfo() throws MalformedPacketException {
    skip(64); // num_units_in_display_tick, time_scale
    if (in.flag()) { // equal_picture_interval
      in.expGolomb(); // num_ticks_per_picture_minus_1
    }
    decoderModel = in.flag();
    if (decoderModel) {
      bufferDelayBits = in.bits(5) + 1;
      skip(42); // num_units_in_decoding_tick and two lengths
    }
  }

  private void skipOperatingPoint() throws MalformedPacketException {
    in.bits(12); // operating_point_idc
    if (in.bits(5) > 7) { // seq_level_idx
      in.flag(); // seq_tier
    }
    if (decoderModel && in.flag()) {
      skip(2 * bufferDelayBits + 1); // section 5.5.5
    }
    if (initialDisplayDelay && in.flag()) {
      in.bits(4); // initial_display_delay_minus_1
    }
  }

  private void skip(int bits) throws MalformedPacketException {
    for (int i = 0; i < bits; i++) {
      in.flag();
    }
  }
}
