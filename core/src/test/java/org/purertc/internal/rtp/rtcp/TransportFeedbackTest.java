package org.purertc.internal.rtp.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.purertc.internal.rtp.Hex;
import org.purertc.internal.util.ByteWriter;
import org.purertc.internal.util.MalformedPacketException;

/** The vectors "from pion" are those of its transport_layer_cc_test.go (MIT). */
class TransportFeedbackTest {

  private static TransportFeedback read(String... hex) throws MalformedPacketException {
    byte[] bytes = Hex.bytes(hex);
    return (TransportFeedback) new RtcpReader(bytes, 0, bytes.length).next();
  }

  private static byte[] wire(TransportFeedback feedback) {
    byte[] wire = new byte[feedback.bytes()];
    ByteWriter out = new ByteWriter(wire, 0);
    feedback.write(out);
    assertThat(out.length()).isEqualTo(wire.length);
    return wire;
  }

  private static TransportFeedback feedback(int statusCount, int[] offsets, int... deltas) {
    return new TransportFeedback(1, 2, 3, statusCount, 4, 5, offsets, deltas);
  }

  @Test
  void readsARunOfSmallDeltasFromPion() throws Exception {
    TransportFeedback feedback =
        read("afcd0007 fa17fa17 193dd8bb 00040007 10636e01 20074c24 24100c0c 10000003");
    assertThat(feedback.senderSsrc()).isEqualTo(0xfa17fa17L);
    assertThat(feedback.mediaSsrc()).isEqualTo(0x193dd8bbL);
    assertThat(feedback.baseSequence()).isEqualTo(4);
    assertThat(feedback.statusCount()).isEqualTo(7);
    assertThat(feedback.referenceTime()).isEqualTo(1074030);
    assertThat(feedback.feedbackCount()).isEqualTo(1);
    assertThat(feedback.offsets()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(feedback.deltas()).containsExactly(76, 36, 36, 16, 12, 12, 16);
  }

  @Test
  void readsRunsOfLargeAndOfSmallDeltasFromPion() throws Exception {
    TransportFeedback feedback =
        read("afcd0007 fa17fa17 193dd8bb 01740006 45b15a40 40022004 1ffe1f9a d000d000");
    assertThat(feedback.deltas()).containsExactly(8190, 8090, 208, 0, 208, 0);
  }

  @Test
  void readsAVectorOfOneBitFromPion() throws Exception {
    TransportFeedback feedback =
        read("afcd0006 fa17fa17 193dd8bb 0001000e 10636d00 ba00100c 0c100003");
    assertThat(feedback.offsets()).containsExactly(0, 1, 2, 4);
    assertThat(feedback.deltas()).containsExactly(16, 12, 12, 16);
  }

  @Test
  void readsAVectorOfTwoBitsAndALongRunOfLossesFromPion() throws Exception {
    TransportFeedback feedback =
        read("afcd0007 9b74f61f 9371dcbc 853c0009 63f916b3 d5520030 9baa6aaa 7b010901");
    assertThat(feedback.offsets()).containsExactly(0, 1, 2, 3, 4, 6);
    assertThat(feedback.deltas()).containsExactly(155, 170, 106, 170, 123, 265);
    assertThat(feedback.statusCount()).isEqualTo(9);
  }

  @Test
  void readsAReferenceTimeBeforeZero() throws Exception {
    assertThat(read("8fcd0005 00000001 00000002 00010001 fffffe00 20010000").referenceTime())
        .isEqualTo(-2);
  }

  @Test
  void refusesMoreArrivalsThanDeltasFromPion() {
    assertThatThrownBy(() -> read("afcd0005 fa17fa17 43032fa0 00990003 3de80217 20039401"))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> read("8fcd0005 fa17fa17 43032fa0 00990002 3de80217 40029401"))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void refusesTheReservedStatusAndFeedbackOfNothing() {
    assertThatThrownBy(() -> read("afcd0006 fa17fa17 193dd8bb 0174000e 45b15a40 d800f0ff d0000003"))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> read("8fcd0004 9acb0442 00000000 00000000 00000000"))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void takesMemoryForArrivalsOnlyNotForLosses() throws Exception {
    String lost = "1fff1fff1fff1fff1fff1fff1fff1fff1fff";
    TransportFeedback feedback = read("8fcd0009 00000001 00000002 0001ffff 00000000", lost, "0000");
    assertThat(feedback.statusCount()).isEqualTo(0xffff);
    assertThat(feedback.offsets()).isEmpty();
  }

  @Test
  void refusesARunOfArrivalsLongerThanThePacket() {
    assertThatThrownBy(() -> read("8fcd0005 00000001 00000002 0001ffff 00000000 3fff3fff"))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void writesALongRunOfArrivalsAsOneChunk() {
    int[] offsets = IntStream.range(0, 40).toArray();
    byte[] wire = wire(feedback(40, offsets, new int[40]));
    assertThat(wire).hasSize(20 + 2 + 40 + 2);
    assertThat(Hex.of(wire))
        .startsWith("8fcd000f" + "0000000100000002" + "00030028" + "00000405")
        .contains("000004052028");
  }

  @Test
  void writesScatteredLossesAsAVectorOfOneBit() {
    byte[] wire = wire(feedback(14, new int[] {0, 2, 13}, 7, 8, 9));
    assertThat(Hex.of(wire)).endsWith("a801" + "070809" + "000000");
  }

  @Test
  void writesALargeDeltaAsAVectorOfTwoBits() {
    byte[] wire = wire(feedback(7, new int[] {0, 2, 6}, 7, 256, -1));
    assertThat(Hex.of(wire)).endsWith("d202" + "070100ffff" + "00");
  }

  @Test
  void writesALongGapAsOneChunk() {
    byte[] wire = wire(feedback(3002, new int[] {0, 3001}, 1, 1));
    assertThat(wire.length).isLessThanOrEqualTo(28);
  }

  @Test
  void anythingWrittenIsReadBackEqually() throws Exception {
    for (long seed = 0; seed < 3_000; seed++) {
      TransportFeedback feedback = random(new SplittableRandom(seed));
      TransportFeedback again = read(Hex.of(wire(feedback)));
      assertThat(again).as("seed %d", seed).usingRecursiveComparison().isEqualTo(feedback);
    }
  }

  private static TransportFeedback random(SplittableRandom random) {
    int count = random.nextInt(1, random.nextInt(10) == 0 ? 0x10000 : 300);
    double arrival = random.nextDouble() * Math.min(1, 250.0 / count);
    double large = random.nextInt(3) == 0 ? random.nextDouble() : 0;
    int[] offsets = IntStream.range(0, count).filter(i -> random.nextDouble() < arrival).toArray();
    int[] deltas =
        Arrays.stream(offsets)
            .map(
                i ->
                    random.nextDouble() < large
                        ? random.nextInt(-0x8000, 0x8000)
                        : random.nextInt(256))
            .toArray();
    return new TransportFeedback(
        random.nextInt() & 0xffff_ffffL,
        random.nextInt() & 0xffff_ffffL,
        random.nextInt(0x10000),
        count,
        random.nextInt(-0x80_0000, 0x80_0000),
        random.nextInt(256),
        offsets,
        deltas);
  }

  @Test
  void damagedFeedbackIsReadOrRefusedInProportionToItsSize() {
    for (long seed = 0; seed < 20_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] wire = new byte[4 * random.nextInt(5, 80)];
      random.nextBytes(wire);
      new ByteWriter(wire, 0).u8(0x8f).u8(205).u16(wire.length / 4 - 1);
      try {
        TransportFeedback feedback =
            (TransportFeedback) new RtcpReader(wire, 0, wire.length).next();
        assertThat(feedback.offsets().length).as("seed %d", seed).isLessThan(wire.length);
        assertThat(wire(feedback).length % 4).as("seed %d", seed).isZero();
      } catch (MalformedPacketException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotEmpty();
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
