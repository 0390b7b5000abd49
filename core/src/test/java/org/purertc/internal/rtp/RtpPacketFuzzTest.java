package org.purertc.internal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.purertc.internal.util.MalformedPacketException;

class RtpPacketFuzzTest {
  private static final int SEEDS = 50_000;

  private static final ExtensionIds IDS = ids();

  private static ExtensionIds ids() {
    Map<String, Integer> ids = new HashMap<>();
    for (ExtensionType type : ExtensionType.values()) {
      ids.put(type.uri(), 1 + ids.size());
    }
    return new ExtensionIds(ids);
  }

  @Test
  void anyBytesAreReadWithinTheirBoundsOrRefused() {
    RtpPacket packet = new RtpPacket();
    int read = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      steer(bytes, random);
      int offset = Math.min(bytes.length, random.nextInt(3));
      try {
        packet.parse(bytes, offset, bytes.length - offset);
        read++;
        assertWithinBounds(packet, bytes.length, seed);
      } catch (MalformedPacketException e) {
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(read).isGreaterThan(SEEDS / 10);
  }

  /** Most random bytes are no RTP: give them a version, and often an extension. */
  private static void steer(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 20) {
      return;
    }
    bytes[0] = (byte) (0x80 | bytes[0] & 0x33);
    if (random.nextBoolean()) {
      bytes[0] = (byte) 0x90;
      bytes[12] = random.nextBoolean() ? (byte) 0xbe : 0x10;
      bytes[13] = bytes[12] == 0x10 ? bytes[13] : (byte) 0xde;
      bytes[14] = 0;
      bytes[15] = (byte) random.nextInt(16);
    }
  }

  private static void assertWithinBounds(RtpPacket packet, int end, long seed) {
    assertThat(packet.payloadLength()).as("seed %d", seed).isNotNegative();
    assertThat(packet.payloadOffset() + packet.payloadLength())
        .as("seed %d", seed)
        .isLessThanOrEqualTo(end);
    for (int i = 0; i < packet.csrcCount(); i++) {
      packet.csrc(i);
    }
    for (int id = 1; id < 256; id++) {
      int at = packet.extension(id);
      if (at >= 0) {
        assertThat(at + packet.extensionLength(at))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(packet.payloadOffset());
      }
    }
    HeaderExtensions.text(packet, IDS, ExtensionType.MID);
    HeaderExtensions.absoluteCaptureTime(packet, IDS);
    HeaderExtensions.minPlayoutDelayMs(packet, IDS);
  }
}
