package org.purertc;

import java.util.Random;

/** Frames that packetizers and depacketizers take for real; what is in them is noise. */
final class SampleFrames {
  static final int FRAME_MS = 20;

  private final Random random;
  private long timestampUs;

  SampleFrames(long seed) {
    random = new Random(seed);
  }

  /** RFC 6716 section 3.1: configuration 31 (CELT, 20 ms), mono, one frame. */
  EncodedFrame opus() {
    byte[] packet = noise(40);
    packet[0] = (byte) (31 << 3);
    return EncodedFrame.audio("audio/opus", packet, nextTimestampUs(), FRAME_MS * 1_000L);
  }

  /** RFC 6386 section 9.1: a frame tag, and 320 by 240 in a key frame. */
  EncodedFrame vp8(boolean key) {
    byte[] frame = noise(key ? 4_000 : 500);
    frame[0] = (byte) (key ? 0x10 : 0x11);
    if (key) {
      byte[] start = {(byte) 0x9d, 0x01, 0x2a, 0x40, 0x01, (byte) 0xf0, 0x00};
      System.arraycopy(start, 0, frame, 3, start.length);
    }
    return EncodedFrame.video("video/VP8", frame, nextTimestampUs(), key);
  }

  private byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return noise;
  }

  private long nextTimestampUs() {
    timestampUs += FRAME_MS * 1_000L;
    return timestampUs;
  }
}
