package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.util.MalformedPacketException;

/** Payloads of a hostile sender: nothing but {@link MalformedPacketException} comes of them. */
class FormatFuzzTest {
  private static final int ROUNDS = 30_000;

  @ParameterizedTest
  @ValueSource(strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9", "video/H264"})
  void damagedPayloadsAreReadOrMalformed(String mimeType) {
    Random random = new Random(77);
    Packetizer packetizer =
        Objects.requireNonNull(
            PayloadFormats.packetizer(mimeType, "packetization-mode=1", new Random(1)));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] frame = frame(mimeType, random);
      List<byte[]> payloads =
          mimeType.startsWith("audio/")
              ? packetize(packetizer, frame, 60)
              : packetize(packetizer, frame, 20 + random.nextInt(40));
      damage(payloads, random);
      try {
        read(mimeType, payloads);
      } catch (RuntimeException e) {
        throw new AssertionError(mimeType + ", seed 77, round " + round, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9", "video/H264"})
  void arbitraryPayloadsAreReadOrMalformed(String mimeType) {
    Random random = new Random(78);
    for (int round = 0; round < ROUNDS; round++) {
      List<byte[]> payloads = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        byte[] payload = new byte[random.nextInt(24)];
        random.nextBytes(payload);
        payloads.add(payload);
      }
      try {
        read(mimeType, payloads);
      } catch (RuntimeException e) {
        throw new AssertionError(mimeType + ", seed 78, round " + round, e);
      }
    }
  }

  /** What the format's packetizer takes, of random content. */
  private static byte[] frame(String mimeType, Random random) {
    byte[] content = new byte[1 + random.nextInt(60)];
    random.nextBytes(content);
    return switch (mimeType) {
      case "video/H264" -> {
        byte[] units = Payloads.hex("00000001 67 42000a 9653058988 00000001 65");
        for (int i = 0; i < content.length; i++) {
          content[i] |= 1; // no start codes, no zero at the end
        }
        yield concat(units, content);
      }
      case "video/AV1" -> {
        byte[] obus = Payloads.hex("0a0a 00000004 3cfecc01a008 2a01 02 3601 08 10");
        byte[] last = {0x22, (byte) content.length};
        yield concat(obus, concat(last, content));
      }
      default -> content;
    };
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** Flips bits, cuts, repeats or removes. */
  private static void damage(List<byte[]> payloads, Random random) {
    int index = random.nextInt(payloads.size());
    byte[] payload = payloads.get(index);
    switch (random.nextInt(4)) {
      case 0 -> payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> payloads.set(index, Arrays.copyOf(payload, random.nextInt(payload.length)));
      case 2 -> payloads.add(payload.clone());
      default -> payloads.remove(index);
    }
  }

  private static void read(String mimeType, List<byte[]> payloads) {
    Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, ""));
    int most = 0;
    for (byte[] payload : payloads) {
      most += payload.length;
      unlessMalformed(() -> depacketizer.describe(payload, 0, payload.length));
      unlessMalformed(() -> AudioDuration.ticks(mimeType, payload, 0, payload.length));
      unlessMalformed(() -> PayloadFormats.frameInfo(mimeType, payload));
    }
    // H.264 has a start code of four bytes before each byte at most, AV1 a size of one.
    int bound = most * (mimeType.equals("video/H264") ? 5 : mimeType.equals("video/AV1") ? 2 : 1);
    unlessMalformed(() -> assertThat(depacketizer.join(payloads).length).isBetween(1, bound));
  }

  private interface Reading {
    void run() throws MalformedPacketException;
  }

  private static void unlessMalformed(Reading reading) {
    try {
      reading.run();
    } catch (MalformedPacketException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }
}
