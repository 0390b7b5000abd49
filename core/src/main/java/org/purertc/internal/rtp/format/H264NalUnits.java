package org.purertc.internal.rtp.format;

import java.util.Arrays;
import org.purertc.internal.util.MalformedPacketException;

/**
 * Where the NAL units of an access unit stand in its byte stream, H.264 Annex B. Start codes may
 * have three or four bytes. To be used again for the next one.
 */
final class H264NalUnits {
  static final int IDR_SLICE = 5;
  static final int SEQUENCE_PARAMETER_SET = 7;
  static final int PICTURE_PARAMETER_SET = 8;
  static final int ACCESS_UNIT_DELIMITER = 9;

  /** RFC 6184 section 5.2: the types above are payload structures, no NAL units of a stream. */
  private static final int MAX_TYPE = 23;

  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private int count;

  /** The type in the first byte of a NAL unit, H.264 section 7.3.1. */
  static int type(int header) {
    return header & 0x1f;
  }

  /** Whether a NAL unit of this type may stand in a stream. */
  static boolean isInStream(int type) {
    return type >= 1 && type <= MAX_TYPE;
  }

  /** Finds them all. What stands before the first start code is ignored, as Annex B wants. */
  void read(byte[] stream) {
    count = 0;
    int start = afterStartCode(stream, 0);
    while (start >= 0) {
      int next = afterStartCode(stream, start);
      int end = next < 0 ? stream.length : next - 3;
      // Annex B: zeros behind a NAL unit, the first byte of a long start code too, are not its own.
      while (end > start && stream[end - 1] == 0) {
        end--;
      }
      if (end > start) {
        add(start, end);
      }
      start = next;
    }
  }

  void clear() {
    count = 0;
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** Where the next NAL unit begins; -1 without another start code. */
  private static int afterStartCode(byte[] stream, int from) {
    for (int i = from + 2; i < stream.length; ) {
      if (stream[i] > 1 || stream[i] < 0) {
        i += 3;
      } else if (stream[i] == 1 && stream[i - 1] == 0 && stream[i - 2] == 0) {
        return i + 1;
      } else {
        i++;
      }
    }
    return -1;
  }

  int count() {
    return count;
  }

  int start(int index) {
    return starts[index];
  }

  int bytes(int index) {
    return ends[index] - starts[index];
  }

  /**
   * Whether a packet's payload begins with a sequence parameter set, RFC 6184 sections 5.6 and 5.7.
   */
  static boolean hasParameters(byte[] payload) {
    int type = type(payload[0]);
    boolean isAggregate = type == H264Packetizer.STAP_A && payload.length > 3;
    return (isAggregate ? type(payload[3]) : type) == SEQUENCE_PARAMETER_SET;
  }

  /** Whether a frame is an IDR picture, and its size when it brings its sequence parameter set. */
  static VideoFrameInfo frameInfo(byte[] frame) throws MalformedPacketException {
    H264NalUnits units = new H264NalUnits();
    units.read(frame);
    if (units.count == 0) {
      throw new MalformedPacketException("H.264 without a NAL unit behind a start code");
    }
    boolean keyFrame = false;
    VideoFrameInfo size = VideoFrameInfo.DEPENDENT;
    for (int i = 0; i < units.count; i++) {
      int type = type(frame[units.starts[i]]);
      keyFrame |= type == IDR_SLICE;
      if (type == SEQUENCE_PARAMETER_SET && size.width() == 0) {
        size = H264SequenceParameterSet.parse(frame, units.starts[i], units.bytes(i));
      }
    }
    return new VideoFrameInfo(keyFrame, size.width(), size.height());
  }
}
