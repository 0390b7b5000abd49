package org.purertc.srtp;

import java.util.Arrays;
import java.util.Random;

/**
 * RTP packets of four SSRCs, with CSRCs and header extensions now and then; some numbers left out,
 * some late, now and then one again.
 */
final class RtpTraffic {
  private static final int[] SSRCS = {0, 1, -1, 0x7fff_ffff};

  private final Random random;
  private final int[] highest = {100, 65_000, 32_768, 1};

  RtpTraffic(long seed) {
    random = new Random(seed);
  }

  /** How often the first stream's sequence numbers have wrapped. */
  int wraps() {
    return highest[0] >> 16;
  }

  byte[] next() {
    int stream = random.nextInt(4);
    int number = highest[stream] + random.nextInt(2_000) - random.nextInt(20);
    highest[stream] = Math.max(highest[stream], number);
    int contributors = random.nextInt(4) == 0 ? random.nextInt(16) : 0;
    boolean extended = random.nextInt(3) == 0;
    int words = extended ? random.nextInt(5) : 0;
    int headerBytes = 12 + 4 * contributors + (extended ? 4 + 4 * words : 0);
    byte[] packet = SrtpPair.rtp(number & 0xffff, SSRCS[stream], 1_300);
    packet[0] = (byte) (0x80 | (extended ? 0x10 : 0) | contributors);
    if (extended) {
      int at = 12 + 4 * contributors;
      packet[at] = (byte) 0xbe;
      packet[at + 1] = (byte) 0xde;
      packet[at + 2] = 0;
      packet[at + 3] = (byte) words;
    }
    return Arrays.copyOf(packet, headerBytes + random.nextInt(1_200));
  }
}
