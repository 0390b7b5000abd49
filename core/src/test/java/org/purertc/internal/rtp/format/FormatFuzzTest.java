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
  @ValueSource(strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9"})
  void damagedPayloadsAreReadOrMalformed(String mimeType) {
    Random random = new Random(77);
    Packetizer packetizer =
        Objects.requireNonNull(PayloadFormats.packetizer(mimeType, "", new Random(1)));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] frame = new byte[1 + random.nextInt(60)];
      random.nextBytes(frame);
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
  @ValueSource(strings = {"audio/opus", "audio/PCMU", "video/VP8", "video/VP9"})
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
    int bound = most;
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
