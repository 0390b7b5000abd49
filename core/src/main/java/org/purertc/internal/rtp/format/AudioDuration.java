package org.purertc.internal.rtp.format;

import java.util.Locale;
import org.purertc.internal.util.MalformedPacketException;

/** How long an encoded audio frame plays. */
public final class AudioDuration {
  private AudioDuration() {}

  /**
   * In ticks of the codec's RTP clock: by how much the next frame's timestamp is greater.
   *
   * @param mimeType {@code audio/opus}, {@code audio/PCMU}, …, of one channel but for Opus
   * @return 0 when the format does not tell
   */
  public static int ticks(String mimeType, byte[] buffer, int offset, int length)
      throws MalformedPacketException {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "audio/opus" -> OpusPacket.parse(buffer, offset, length).durationSamples();
      // One byte is one sample. G.722 packs two of its 16,000 samples per second into a byte, but
      // RFC 3551 section 4.5.2 keeps its clock at 8,000 Hz for the sake of an old error.
      case "audio/pcmu", "audio/pcma", "audio/g722" -> length;
      default -> 0;
    };
  }

  /** How many samples one tick of the RTP clock stands for: 2 in G.722, else 1. */
  public static int samplesPerTick(String mimeType) {
    return mimeType.equalsIgnoreCase("audio/G722") ? 2 : 1;
  }
}
