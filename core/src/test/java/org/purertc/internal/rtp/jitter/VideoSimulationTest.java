package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.jitter.VideoSimulation.FRAME_NS;
import static org.purertc.internal.rtp.jitter.VideoSimulation.MS;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadDescriptor;
import org.purertc.internal.rtp.jitter.VideoSimulation.Structure;
import org.purertc.internal.util.MalformedPacketException;
import org.purertc.internal.util.Timer;

class VideoSimulationTest {
  private static final int FRAMES = 1_500;

  static Stream<Arguments> structuresAndSeeds() {
    return Stream.of(Structure.values())
        .flatMap(structure -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(structure, seed)));
  }

  @ParameterizedTest
  @MethodSource("structuresAndSeeds")
  void reorderAndDuplicatesLoseNothing(Structure structure, long seed) {
    var run =
        new VideoSimulation(structure, seed).jitterMs(45).duplicatePercent(5).send(FRAMES).finish();
    assertEveryFrame(run);
    assertThat(run.longestNs()).isLessThanOrEqualTo((50 + 45) * MS);
    assertNothingLeft(run);
  }

  @ParameterizedTest
  @MethodSource("structuresAndSeeds")
  void twoRoundsOfRetransmissionsLoseNothing(Structure structure, long seed) {
    // Nobody can ask again for what came before the first packet.
    var run =
        new VideoSimulation(structure, seed)
            .roundTripMs(40)
            .retransmitting(2)
            .send(1)
            .losePercent(5)
            .jitterMs(10)
            .send(FRAMES)
            .finish();
    assertEveryFrame(run);
    assertNothingLeft(run);
  }

  @ParameterizedTest
  @EnumSource(Structure.class)
  void thePictureIsBackARoundTripAfterALoss(Structure structure) {
    var run = new VideoSimulation(structure, 9).roundTripMs(80).retransmitting(1).send(1);
    run.losePercent(2).send(300).finish();
    assertThat(run.longestNs()).isGreaterThan(80 * MS);
    assertThat(run.longestNs()).isLessThanOrEqualTo(40 * MS + 80 * MS);
    assertThat(run.longestFreezeNs()).isLessThanOrEqualTo(80 * MS + FRAME_NS + 1);
    assertEveryFrame(run);
  }

  @ParameterizedTest
  @MethodSource("structuresAndSeeds")
  void withoutRetransmissionsOnlyWhatCanBeDecodedIsReleased(Structure structure, long seed) {
    var run =
        new VideoSimulation(structure, seed)
            .losePercent(2)
            .jitterMs(20)
            .duplicatePercent(2)
            .send(FRAMES)
            .finish();
    assertThat(run.numbers()).isSorted();
    assertThat(run.requestsNs).isNotEmpty();
    // 500 ms until a packet is given up, a round trip for the key frame, and its own bad luck.
    assertThat(run.longestFreezeNs()).isLessThan(2_500 * MS);
    assertThat(run.released).hasSizeGreaterThan(FRAMES / 5);
    int last = run.released.get(run.released.size() - 1).number();
    assertThat(last).isEqualTo(run.sent.size() - 1);
    assertNothingLeft(run);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void layersLoseFewerFramesThanAChain(long seed) {
    assertThat(releasedAtLoss(Structure.REFERENCES, seed))
        .isGreaterThan(releasedAtLoss(Structure.UNTOLD, seed));
  }

  private static int releasedAtLoss(Structure structure, long seed) {
    return new VideoSimulation(structure, seed)
        .losePercent(1)
        .send(FRAMES)
        .finish()
        .released
        .size();
  }

  @Test
  void afterARequestThePictureIsBackWithinARoundTripAndAFrame() {
    var run = new VideoSimulation(Structure.UNTOLD, 5).roundTripMs(60).send(50);
    run.losePercent(100).send(1).losePercent(0).send(60).finish();
    assertThat(run.requestsNs).hasSize(1);
    long requestNs = run.requestsNs.get(0);
    long backNs =
        run.released.stream()
            .mapToLong(VideoSimulation.Released::atNs)
            .filter(atNs -> atNs > requestNs)
            .min()
            .orElseThrow();
    assertThat(backNs - requestNs).isLessThanOrEqualTo(60 * MS + FRAME_NS);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void aSenderThatBreaksEveryRuleIsHeldWithinBounds(long seed) {
    Random random = new Random(seed);
    List<Long> requests = new ArrayList<>();
    VideoFrameListener listener =
        new VideoFrameListener() {
          @Override
          public void onFrame(AssembledFrame frame, long nowNs) {}

          @Override
          public void onKeyFrameNeeded(long nowNs) {
            requests.add(nowNs);
          }
        };
    var buffer =
        new VideoFrameBuffer(
            90_000,
            VideoBufferLimits.DEFAULT,
            payloadType -> payloadType == 0 ? null : new LenientFormat(),
            listener);
    long nowNs = 0;
    long sequence = 0;
    long timestamp = 0;
    for (int i = 0; i < 20_000; i++) {
      nowNs += random.nextInt(3_000_000);
      while (buffer.nextDeadlineNs() <= nowNs) {
        buffer.onDeadline(nowNs);
      }
      sequence += random.nextInt(50) == 0 ? random.nextInt(8_000) - 4_000 : random.nextInt(4) - 1;
      timestamp += random.nextInt(4) == 0 ? random.nextInt(9_000) - 3_000 : 0;
      byte[] payload = new byte[random.nextInt(8) == 0 ? 0 : ToyFormat.HEADER_BYTES];
      random.nextBytes(payload);
      if (payload.length > 0) {
        payload[0] = (byte) random.nextInt(4);
        payload[1] = (byte) random.nextInt(6);
        payload[4] = (byte) (random.nextInt(3) * 7);
        payload[19] = (byte) random.nextInt(4);
      }
      if (random.nextInt(100) == 0) {
        buffer.setTargetDelayNs(random.nextInt(3) * 40 * MS, nowNs);
      }
      buffer.insert(
          new BufferedPacket(
              sequence, timestamp, random.nextInt(3) == 0, random.nextInt(20), payload, nowNs),
          nowNs);
      assertThat(buffer.waitingPackets()).as("seed " + seed).isLessThanOrEqualTo(2_048);
    }
    assertThat(requests).as("seed " + seed).isNotEmpty();
    assertThat(buffer.counters().framesReleased()).as("seed " + seed).isPositive();
    for (int i = 1; i < requests.size(); i++) {
      assertThat(requests.get(i)).isGreaterThanOrEqualTo(requests.get(i - 1));
    }
  }

  /** Joins anything. */
  private static final class LenientFormat implements Depacketizer {
    private final ToyFormat toy = new ToyFormat();

    @Override
    public PayloadDescriptor describe(byte[] buffer, int offset, int length)
        throws MalformedPacketException {
      return toy.describe(buffer, offset, length);
    }

    @Override
    public byte[] join(List<byte[]> payloads) throws MalformedPacketException {
      if (payloads.get(0)[5] == 3) {
        throw new MalformedPacketException("as it happens");
      }
      return payloads.get(0);
    }
  }

  private static void assertEveryFrame(VideoSimulation run) {
    assertThat(run.numbers()).isEqualTo(IntStream.range(0, run.sent.size()).boxed().toList());
    assertThat(run.requestsNs).isEmpty();
  }

  private static void assertNothingLeft(VideoSimulation run) {
    assertThat(run.buffer.waitingPackets()).isZero();
    assertThat(run.buffer.waitingBytes()).isZero();
    assertThat(run.buffer.nextDeadlineNs()).isEqualTo(Timer.NEVER);
  }
}
