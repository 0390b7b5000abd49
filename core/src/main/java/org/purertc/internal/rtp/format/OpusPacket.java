package org.purertc.internal.rtp.format;

import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

/**
 * What an Opus packet tells without being decoded, RFC 6716 section 3.
 *
 * @param stereo whether it was coded with two channels; the decoder's output is another matter
 * @param frameSamples the duration of one frame, in samples at 48 kHz
 * @param frames how many it holds, each of that duration
 * @param discontinuous whether it stands for silence: no frame has more than one byte (RFC 6716
 *     section 2.1.9, section 3.2.1)
 * @param lowBitrateRedundancy whether its first frame repeats earlier speech at a low bitrate,
 *     which a decoder can put in place of a lost packet (in-band FEC). Never with CELT
 */
public record OpusPacket(
    Mode mode,
    boolean stereo,
    int frameSamples,
    int frames,
    boolean discontinuous,
    boolean lowBitrateRedundancy) {

  /** Which of Opus' layers coded the packet, RFC 6716 section 3.1. */
  public enum Mode {
    SILK,
    HYBRID,
    CELT
  }

  /** RFC 7587 section 4.1: the RTP clock, whatever the audio's bandwidth. */
  public static final int CLOCK_RATE = 48_000;

  /** RFC 6716 section 3.2.5, R5: 120 ms. */
  private static final int MAX_SAMPLES = 5_760;

  /** RFC 6716 section 3.2.1, R2. */
  private static final int MAX_FRAME_BYTES = 1_275;

  private static final int[] SILK_SAMPLES = {480, 960, 1_920, 2_880};

  /** How long the packet plays, in samples at 48 kHz: ticks of the RTP clock. */
  public int durationSamples() {
    return frames * frameSamples;
  }

  public static OpusPacket parse(byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    ByteReader in = new ByteReader(buffer, offset, length);
    int toc = in.u8();
    Mode mode = mode(toc >> 3);
    boolean stereo = (toc & 0x04) != 0;
    int frameSamples = frameSamples(toc >> 3);
    Frames frames =
        switch (toc & 0x03) {
          case 0 -> new Frames(1, in.remaining(), in.remaining());
          case 1 -> equalFrames(in.remaining(), 2);
          case 2 -> twoFrames(in);
          default -> countedFrames(in, frameSamples);
        };
    if (frames.longestBytes > MAX_FRAME_BYTES) {
      throw new MalformedPacketException("an Opus frame of " + frames.longestBytes + " bytes");
    }
    boolean redundancy =
        mode != Mode.CELT
            && frames.firstBytes > 0
            && hasLowBitrateRedundancy(in.u8(), frameSamples, stereo);
    return new OpusPacket(
        mode, stereo, frameSamples, frames.count, frames.longestBytes <= 1, redundancy);
  }

  /** RFC 6716 section 3.1, table 2. */
  private static Mode mode(int config) {
    return config < 12 ? Mode.SILK : config < 16 ? Mode.HYBRID : Mode.CELT;
  }

  /** RFC 6716 section 3.1, table 2: in each group of configurations from short to long. */
  private static int frameSamples(int config) {
    return switch (mode(config)) {
      case SILK -> SILK_SAMPLES[config & 0x03];
      case HYBRID -> 480 << (config & 0x01);
      case CELT -> 120 << (config & 0x03);
    };
  }

  /** RFC 6716 section 3.2.3, R3, and section 3.2.5, R6. */
  private static Frames equalFrames(int bytes, int count) throws MalformedPacketException {
    if (bytes % count != 0) {
      throw new MalformedPacketException(bytes + " bytes for " + count + " equal Opus frames");
    }
    return new Frames(count, bytes / count, bytes / count);
  }

  /** RFC 6716 section 3.2.4, R4. */
  private static Frames twoFrames(ByteReader in) throws MalformedPacketException {
    int first = frameLength(in);
    if (first > in.remaining()) {
      throw new MalformedPacketException("an Opus frame longer than its packet");
    }
    return new Frames(2, first, Math.max(first, in.remaining() - first));
  }

  /** RFC 6716 section 3.2.5. */
  private static Frames countedFrames(ByteReader in, int frameSamples)
      throws MalformedPacketException {
    int head = in.u8();
    int count = head & 0x3f;
    if (count == 0 || count * frameSamples > MAX_SAMPLES) {
      throw new MalformedPacketException(count + " Opus frames of " + frameSamples + " samples");
    }
    int padding = (head & 0x40) != 0 ? padding(in) : 0;
    if ((head & 0x80) == 0) {
      return equalFrames(unpadded(in, padding), count);
    }
    int first = 0;
    int longest = 0;
    int sum = 0;
    for (int i = 0; i < count - 1; i++) {
      int bytes = frameLength(in);
      first = i == 0 ? bytes : first;
      longest = Math.max(longest, bytes);
      sum += bytes;
    }
    int last = unpadded(in, padding) - sum;
    if (last < 0) {
      throw new MalformedPacketException("Opus frames longer than their packet");
    }
    return new Frames(count, count == 1 ? last : first, Math.max(longest, last));
  }

  private static int unpadded(ByteReader in, int padding) throws MalformedPacketException {
    int bytes = in.remaining() - padding;
    if (bytes < 0) {
      throw new MalformedPacketException("more padding than an Opus packet has bytes");
    }
    return bytes;
  }

  /** RFC 6716 section 3.2.5: 255 stands for 254 bytes, and one more length follows. */
  private static int padding(ByteReader in) throws MalformedPacketException {
    int padding = 0;
    int more;
    do {
      more = in.u8();
      padding += Math.min(more, 254);
    } while (more == 255);
    return padding;
  }

  /** RFC 6716 section 3.2.1. */
  private static int frameLength(ByteReader in) throws MalformedPacketException {
    int first = in.u8();
    return first < 252 ? first : in.u8() * 4 + first;
  }

  /**
   * RFC 6716 section 4.2.3: a frame begins with a bit for each 20 ms that tells of speech, then one
   * that tells of redundancy; with two channels the same again for the side.
   */
  private static boolean hasLowBitrateRedundancy(int firstByte, int frameSamples, boolean stereo) {
    int speechBits = Math.max(1, frameSamples / 960);
    boolean mid = (firstByte >> (7 - speechBits) & 1) != 0;
    boolean side = stereo && (firstByte >> (6 - 2 * speechBits) & 1) != 0;
    return mid || side;
  }

  private record Frames(int count, int firstBytes, int longestBytes) {}
}
