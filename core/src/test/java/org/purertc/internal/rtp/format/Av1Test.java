package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.describe;
import static org.purertc.internal.rtp.format.Payloads.hex;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

class Av1Test {
  /** The payload of Chromium's sequence header for its camera of 320 x 180, read by hand. */
  private static final String SEQUENCE = "00000004 3cfecc01a008";

  private static final String KEY_FRAME = "0a0a" + SEQUENCE + "3204 10aabbcc";
  private static final String INTER_FRAME = "3203 30aabb";

  private final Av1Depacketizer depacketizer = new Av1Depacketizer();

  private static List<byte[]> payloadsOf(String frame, int maxPayloadBytes) {
    return packetize(new Av1Packetizer(), hex(frame), maxPayloadBytes);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** W is 2, so the second has no length; N; size fields and the temporal delimiter are gone. */
  @Test
  void keyFrameBeginsASequence() {
    assertThat(payloadsOf("1200" + KEY_FRAME, 100))
        .containsExactly(hex("28 0b 08" + SEQUENCE + "30 10aabbcc"));
  }

  @Test
  void interFrameBeginsNone() {
    assertThat(payloadsOf("1200" + INTER_FRAME, 100)).containsExactly(hex("10 30 30aabb"));
  }

  @Test
  void aKeyFrameWithoutItsSequenceHeaderBeginsNone() {
    assertThat(payloadsOf("3204 10aabbcc", 100)).containsExactly(hex("10 30 10aabbcc"));
  }

  /** Section 4.5, the second figure: 303 bytes hold elements of 200 and 100. */
  @Test
  void lastOfTwoElementsHasNoLength() {
    byte[] first = new byte[198];
    byte[] second = new byte[99];
    second[0] = 0x30;
    byte[] frame = concat(hex("2e 00 c601"), first, hex("32 63"), second);
    assertThat(packetize(new Av1Packetizer(), frame, 303))
        .containsExactly(concat(hex("20 c801 2c 00"), first, hex("30"), second));
  }

  /** Section 4.5, the first figure: W is 0 and all have their lengths. */
  @Test
  void moreThanThreeElementsAllHaveLengths() throws Exception {
    String frame = "2a01 01 2a01 02 2a01 03" + INTER_FRAME;
    assertThat(payloadsOf(frame, 100))
        .containsExactly(hex("00 02 2801 02 2802 02 2803 04 30 30aabb"));
    assertThat(depacketizer.join(payloadsOf(frame, 100))).isEqualTo(hex(frame));
  }

  /** Section 5.1: SH MD MD(0,0) FH(0,0) TG(0,0) and MD(0,1) FH(0,1) TG(0,1). */
  @Test
  void layersDoNotShareAPayload() throws Exception {
    String frame =
        "0a0a" + SEQUENCE + "2a0101 2e000102 1e000110 26000103 2e080104 1e080130 26080105";
    List<byte[]> payloads = payloadsOf("1200" + frame, 1200);
    assertThat(payloads)
        .containsExactly(
            hex("08 0b 08" + SEQUENCE + "02 2801 03 2c0002 03 1c0010 03 240003"),
            hex("30 03 2c0804 03 1c0830 240805"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex(frame));
    assertThat(describe(depacketizer, "10 34 48 30 00").temporalLayer()).isEqualTo(2);
    assertThat(describe(depacketizer, "10 34 48 30 00").spatialLayer()).isEqualTo(1);
    assertThat(describe(depacketizer, "10 30 30 00").spatialLayer()).isEqualTo(-1);
  }

  /** Section 4.4: Y on the first, Z on the second. */
  @Test
  void aLargeObuIsCut() throws Exception {
    byte[] frame = concat(hex("32 28 30"), new byte[39]);
    List<byte[]> payloads = packetize(new Av1Packetizer(), frame, 31);
    assertThat(payloads).hasSize(2);
    assertThat(payloads.get(0)).startsWith(0x50, 0x30, 0x30, 0);
    assertThat(payloads.get(1)).startsWith(0x90, 0, 0);
    assertThat(depacketizer.join(payloads)).isEqualTo(frame);
  }

  @Test
  void payloadsOfAFrameAreOfSimilarSizes() {
    byte[] frame = concat(hex("0a0a" + SEQUENCE + "32 e112 10"), new byte[2400]);
    assertThat(packetize(new Av1Packetizer(), frame, 1200))
        .hasSize(3)
        .allMatch(payload -> payload.length > 780 && payload.length < 830);
  }

  @Test
  void paddingAndTileListsAreNotSentAndIgnored() throws Exception {
    assertThat(payloadsOf("4201 01" + INTER_FRAME + "7a020000", 100))
        .containsExactly(hex("10 30 30aabb"));
    assertThat(depacketizer.join(List.of(hex("00 01 10 02 4001 04 30 30aabb 03 780000"))))
        .isEqualTo(hex(INTER_FRAME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1200",
        "1200 7a00",
        "32",
        "3205 30aa",
        "b203 30aabb",
        "36",
        "32 808080808001"
      })
  void refusesWhatIsNoTemporalUnit(String frame) {
    assertThatThrownBy(() -> payloadsOf(frame, 100)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingOfARefusedFrameOrOfTheOneBeforeIsSent() {
    Av1Packetizer packetizer = new Av1Packetizer();
    packetizer.begin(concat(hex("32 28 30"), new byte[39]), 31);
    assertThat(packetizer.next(new byte[31], 0)).isGreaterThan(1);
    assertThatThrownBy(() -> packetizer.begin(hex(INTER_FRAME + "2a05"), 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(packetizer.next(new byte[100], 0)).isZero();
    assertThat(packetizer.isLast()).isFalse();
    packetizer.begin(concat(hex("32 28 30"), new byte[39]), 31);
    assertThat(packetizer.next(new byte[31], 0)).isGreaterThan(1);
    assertThat(packetize(packetizer, hex(INTER_FRAME), 31)).containsExactly(hex("10 30 30aabb"));
  }

  @Test
  void refusesAPayloadWithoutRoom() {
    assertThatThrownBy(() -> payloadsOf(INTER_FRAME, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLastObuMayLackItsSize() {
    assertThat(payloadsOf("2a01 01 30 30aabb", 100)).containsExactly(hex("20 02 2801 30 30aabb"));
  }

  @Test
  void joinGivesEachObuItsSize() throws Exception {
    assertThat(depacketizer.join(List.of(hex("28 0b 08" + SEQUENCE + "30 10aabbcc"))))
        .isEqualTo(hex(KEY_FRAME));
  }

  /** A size field SHOULD not be sent, section 4.5; it may. */
  @Test
  void joinTakesObusWithSizeFields() throws Exception {
    assertThat(depacketizer.join(List.of(hex("20 0c 0a0a" + SEQUENCE + "3204 10aabbcc"))))
        .isEqualTo(hex(KEY_FRAME));
  }

  @Test
  void joinPutsFragmentsTogetherEvenWithinAHeader() throws Exception {
    List<byte[]> payloads = List.of(hex("50 34"), hex("d0 48"), hex("d0 30"), hex("90 aabb"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex("36 48 03 30aabb"));
  }

  @Test
  void joinRefusesWhatIsNotWhole() {
    byte[] first = hex("50 30 30");
    byte[] middle = hex("d0 01");
    byte[] last = hex("90 02");
    for (List<byte[]> payloads :
        List.of(
            List.<byte[]>of(),
            List.of(first),
            List.of(last),
            List.of(middle, last),
            List.of(first, middle),
            List.of(first, first, last),
            List.of(first, last, last),
            List.of(hex("10 10")))) {
      assertThatThrownBy(() -> depacketizer.join(payloads))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "00",
        "28",
        "98 30 30",
        "20 05 30 30",
        "20 02 30 30",
        "00 00",
        "00 02 30",
        "30 01 28 01 28",
        "10 b0 30 00",
        "00 808080808080808001 30"
      })
  void cutOrWrongPayloadsAreMalformed(String payload) {
    assertThatThrownBy(() -> describe(depacketizer, payload))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> depacketizer.join(List.of(hex(payload))))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void payloadsTellWhetherTheyBeginAFrame() throws Exception {
    assertThat(describe(depacketizer, "18 30 10 00").start()).isEqualTo(Start.YES);
    assertThat(describe(depacketizer, "10 30 30 00").start()).isEqualTo(Start.UNKNOWN);
    assertThat(describe(depacketizer, "90 30 30 00").start()).isEqualTo(Start.NO);
    assertThat(describe(depacketizer, "20 03 120000 30 30 00").start()).isEqualTo(Start.YES);
  }

  @Test
  void keyFramesAreToldByNOrByTheirHeaders() throws Exception {
    assertThat(describe(depacketizer, "58 30 10").keyFrame()).isTrue();
    assertThat(describe(depacketizer, "20 0b 08" + SEQUENCE + "30 10aabbcc").keyFrame()).isTrue();
    assertThat(describe(depacketizer, "20 0b 08" + SEQUENCE + "30 30aabbcc").keyFrame()).isFalse();
    assertThat(describe(depacketizer, "10 30 30aabb").keyFrame()).isFalse();
    assertThat(describe(depacketizer, "90 30 10aabb").keyFrame()).isFalse();
  }

  @Test
  void keyFrameTellsItsSize() throws Exception {
    assertThat(Av1FrameHeader.parse(hex("1200" + KEY_FRAME)))
        .isEqualTo(new VideoFrameInfo(true, 320, 180));
    assertThat(Av1FrameHeader.parse(hex(INTER_FRAME))).isEqualTo(VideoFrameInfo.DEPENDENT);
  }

  /** AV1 section 5.9.2: show_existing_frame, frames that are not shown, and intra-only frames. */
  @ParameterizedTest
  @ValueSource(strings = {"1a0190", "320100", "320150", "320130"})
  void otherFramesAreNoKeyFrames(String frame) throws Exception {
    assertThat(Av1FrameHeader.parse(hex(frame)).keyFrame()).isFalse();
  }

  /**
   * AV1 section 5.5.1, written by hand: timing with ticks of 1, a decoder model with delays of 10
   * bits, two operating points of which one has a tier and both their delays, display delays, 11
   * bits each for 1920 x 1080.
   */
  @Test
  void everyOptionalFieldBeforeTheSizeIsPassed() throws Exception {
    String bits =
        "000"
            + "0"
            + "0" // profile, no still picture
            + "1"
            + "0".repeat(31)
            + "1"
            + "0".repeat(31)
            + "1"
            + "1"
            + "00101" // timing
            + "1"
            + "01001"
            + "0".repeat(31)
            + "1"
            + "00111"
            + "00111" // decoder model
            + "1"
            + "00001" // display delays; two points
            + "000000000011"
            + "01000"
            + "1"
            + "1"
            + "1".repeat(20)
            + "0"
            + "1"
            + "1010"
            + "000000000001"
            + "00100"
            + "1"
            + "0".repeat(21)
            + "0"
            + "1010"
            + "1010"
            + "11101111111"
            + "10000110111";
    VideoFrameInfo info = Av1SequenceHeader.parse(new ByteReader(bytesOf(bits)));
    assertThat(info.width()).isEqualTo(1920);
    assertThat(info.height()).isEqualTo(1080);
  }

  /** A reduced still picture header has the level only. */
  @Test
  void reducedHeaderIsRead() throws Exception {
    String bits = "000" + "1" + "1" + "00000" + "0101" + "0100" + "111111" + "11111";
    assertThat(Av1SequenceHeader.parse(new ByteReader(bytesOf(bits))))
        .isEqualTo(new VideoFrameInfo(true, 64, 32));
  }

  private static byte[] bytesOf(String bits) {
    byte[] bytes = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      bytes[i / 8] |= (byte) ((bits.charAt(i) - '0') << 7 - i % 8);
    }
    return bytes;
  }

  @Test
  void everyFrameComesBackFromItsPayloads() throws Exception {
    Random random = new Random(10);
    Av1Packetizer packetizer = new Av1Packetizer();
    for (int i = 0; i < 2_000; i++) {
      byte[] frame = randomFrame(random);
      int limit = 2 + random.nextInt(random.nextBoolean() ? 60 : 1_400);
      List<byte[]> payloads = packetize(packetizer, frame, limit);
      assertThat(depacketizer.join(payloads)).as("seed 10, frame %d", i).isEqualTo(frame);
      for (byte[] payload : payloads) {
        depacketizer.describe(payload, 0, payload.length);
      }
    }
  }

  /** One to eight OBUs that are sent, with and without layers, one of them a frame. */
  private static byte[] randomFrame(Random random) {
    int[] types = {1, 3, 4, 5, 6, 7, 9};
    List<byte[]> obus = new ArrayList<>();
    obus.add(hex(KEY_FRAME));
    for (int i = random.nextInt(8); i > 0; i--) {
      int header = types[random.nextInt(types.length)] << 3 | 2;
      byte[] payload = new byte[random.nextInt(random.nextInt(4) == 0 ? 3_000 : 200)];
      random.nextBytes(payload);
      byte[] size = Leb128.bytes(payload.length);
      byte[] head =
          random.nextBoolean()
              ? new byte[] {(byte) header}
              : new byte[] {(byte) (header | 4), (byte) (random.nextInt(3) << 3)};
      obus.add(concat(head, size, payload));
    }
    return concat(obus.toArray(new byte[0][]));
  }

  @Test
  void sizesHaveSevenBitsAByte() throws Exception {
    for (int value : new int[] {0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152}) {
      byte[] room = concat(Leb128.bytes(value), new byte[value]);
      ByteReader in = new ByteReader(room);
      assertThat(Leb128.readSize(in)).isEqualTo(value);
      assertThat(in.remaining()).isEqualTo(value);
    }
    assertThat(Leb128.bytes(300)).isEqualTo(hex("ac02"));
    assertThat(Leb128.bytesOf(1 << 28)).isEqualTo(5);
  }
}
