package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.describe;
import static org.purertc.internal.rtp.format.Payloads.hex;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.rtp.format.Vp9ScalabilityStructure.Picture;
import org.purertc.internal.rtp.format.Vp9ScalabilityStructure.Resolution;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

class Vp9Test {
  /** Profile 0, shown, BT.601, studio range, 320 x 180. */
  private static final String KEY_FRAME = "82 49 83 42 20 13 f0 0b 30 00";

  private static final String INTER_FRAME = "86 00 40 92 9c";

  private final Vp9Depacketizer depacketizer = new Vp9Depacketizer();

  private static Vp9Descriptor parse(String payload) throws MalformedPacketException {
    return Vp9Descriptor.parse(new ByteReader(hex(payload)));
  }

  private static Vp9ScalabilityStructure structure(String payload) throws MalformedPacketException {
    return Vp9ScalabilityStructure.parse(new ByteReader(hex(payload)));
  }

  /** RFC 9628 section 4.2: I P L F B E V Z. */
  @Test
  void firstByteTellsOfTheLayerFrame() throws Exception {
    Vp9Descriptor descriptor = parse("4d 00");
    assertThat(descriptor.pictureId()).isEqualTo(-1);
    assertThat(descriptor.pictureIdBits()).isZero();
    assertThat(descriptor.isInterPicturePredicted()).isTrue();
    assertThat(descriptor.hasLayers()).isFalse();
    assertThat(descriptor.isFlexible()).isFalse();
    assertThat(descriptor.beginsLayerFrame()).isTrue();
    assertThat(descriptor.endsLayerFrame()).isTrue();
    assertThat(descriptor.isNoInterLayerReference()).isTrue();
    assertThat(descriptor.temporalLayer()).isEqualTo(-1);
    assertThat(descriptor.spatialLayer()).isEqualTo(-1);
    assertThat(descriptor.scalabilityStructure()).isNull();
    assertThat(parse("00 00").beginsLayerFrame()).isFalse();
    assertThat(parse("00 00").endsLayerFrame()).isFalse();
    assertThat(parse("00 00").isInterPicturePredicted()).isFalse();
    assertThat(parse("00 00").isNoInterLayerReference()).isFalse();
  }

  @Test
  void pictureIdHasSevenOrFifteenBits() throws Exception {
    assertThat(parse("80 7f 00").pictureId()).isEqualTo(127);
    assertThat(parse("80 7f 00").pictureIdBits()).isEqualTo(7);
    assertThat(parse("80 92 34 00").pictureId()).isEqualTo(0x1234);
    assertThat(parse("80 92 34 00").pictureIdBits()).isEqualTo(15);
  }

  /** Figure 2: TID 2, U, SID 1, D; then TL0PICIDX. */
  @Test
  void nonFlexibleModeHasTheLowestLayersIndex() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "e8 05 53 2a 00");
    assertThat(descriptor.temporalLayer()).isEqualTo(2);
    assertThat(descriptor.switchingPoint()).isTrue();
    assertThat(descriptor.spatialLayer()).isEqualTo(1);
    assertThat(descriptor.tl0PictureIndex()).isEqualTo(0x2a);
    assertThat(descriptor.referenceDifferences()).isEmpty();
    assertThat(parse("e8 05 53 2a 00").isInterLayerPredicted()).isTrue();
    assertThat(parse("e8 05 52 2a 00").isInterLayerPredicted()).isFalse();
  }

  /** Figure 3: no TL0PICIDX, but each P_DIFF with N while more follow. */
  @Test
  void flexibleModeHasReferenceDifferences() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "f8 05 40 03 05 fe 00");
    assertThat(descriptor.temporalLayer()).isEqualTo(2);
    assertThat(descriptor.spatialLayer()).isZero();
    assertThat(descriptor.tl0PictureIndex()).isEqualTo(-1);
    assertThat(descriptor.referenceDifferences()).containsExactly(1, 2, 127);
  }

  @Test
  void flexibleKeyFrameHasNoReferences() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "98 05 03");
    assertThat(descriptor.keyFrame()).isTrue();
    assertThat(descriptor.referenceDifferences()).isEmpty();
  }

  @Test
  void fourthReferenceIsMalformed() {
    assertThatThrownBy(() -> describe(depacketizer, "d8 05 03 03 03 02 00"))
        .isInstanceOf(MalformedPacketException.class);
  }

  /** RFC 9628 section 4.2: without I receivers ignore F. */
  @Test
  void flexibleBitWithoutPictureIdDoesNotCount() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "78 00 2a 03");
    assertThat(descriptor.tl0PictureIndex()).isEqualTo(0x2a);
    assertThat(descriptor.referenceDifferences()).isEmpty();
  }

  /** RFC 9628 section 4.2.1: two layers with their sizes, and a pattern of two pictures. */
  @Test
  void scalabilityStructureIsRead() throws Exception {
    Vp9Descriptor descriptor = parse("8a 05 38 0140 00b4 0280 0168 02 04 02 38 01 03" + KEY_FRAME);
    assertThat(descriptor.scalabilityStructure())
        .isEqualTo(
            new Vp9ScalabilityStructure(
                2,
                List.of(new Resolution(320, 180), new Resolution(640, 360)),
                List.of(new Picture(0, false, List.of(2)), new Picture(1, true, List.of(1, 3)))));
  }

  @Test
  void scalabilityStructureMayOnlyCountLayers() throws Exception {
    assertThat(structure("e0")).isEqualTo(new Vp9ScalabilityStructure(8, List.of(), List.of()));
    assertThat(structure("08 00")).isEqualTo(new Vp9ScalabilityStructure(1, List.of(), List.of()));
  }

  @Test
  void largestScalabilityStructureHas255Pictures() throws Exception {
    Vp9ScalabilityStructure structure = structure("08 ff" + "0c 01 02 03".repeat(255));
    assertThat(structure.pictures())
        .isEqualTo(Collections.nCopies(255, new Picture(0, false, List.of(1, 2, 3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "08",
        "88",
        "88 80",
        "88 80 00",
        "a8 05",
        "a8 05 00",
        "a8 05 00 00",
        "d8 05",
        "d8 05 03",
        "d8 05 02",
        "0a",
        "0a 10 01 40 00",
        "0a 08",
        "0a 08 01",
        "0a 08 01 04",
        "0a 08 01 04 01"
      })
  void cutDescriptorIsMalformed(String payload) {
    assertThatThrownBy(() -> describe(depacketizer, payload))
        .isInstanceOf(MalformedPacketException.class);
  }

  /** TID, U, SID, D in the third byte. */
  @ParameterizedTest
  @CsvSource({
    "a8 05 00 01 00,YES",
    "a8 05 02 01 00,UNKNOWN",
    "a0 05 00 01 00,NO",
    "a0 05 02 01 00,NO"
  })
  void lowestSpatialLayerBeginsThePicture(String payload, Start start) throws Exception {
    assertThat(describe(depacketizer, payload).start()).isEqualTo(start);
  }

  @Test
  void withoutLayersTheBeginningIsThePicturesBeginning() throws Exception {
    assertThat(describe(depacketizer, "88 05 00").start()).isEqualTo(Start.YES);
    assertThat(describe(depacketizer, "80 05 00").start()).isEqualTo(Start.NO);
  }

  /** A picture without P is a key picture; a layer with D still needs the one below. */
  @ParameterizedTest
  @CsvSource({
    "88 05 00,true",
    "80 05 00,true",
    "c8 05 00,false",
    "a8 05 00 01 00,true",
    "a8 05 03 01 00,false",
    "a8 05 02 01 00,true",
    "e8 05 00 01 00,false"
  })
  void keyFrameNeedsNeitherPictureNorLayer(String payload, boolean keyFrame) throws Exception {
    assertThat(describe(depacketizer, payload).keyFrame()).isEqualTo(keyFrame);
  }

  @Test
  void joinTakesTheDescriptorsOff() throws Exception {
    List<byte[]> payloads =
        List.of(hex("8a 05 10 0140 00b4 01 02"), hex("80 05 03"), hex("84 05 04"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex("01 02 03 04"));
  }

  @Test
  void joinPutsTheSpatialLayersOfAPictureTogether() throws Exception {
    List<byte[]> payloads =
        List.of(
            hex("ac 05 00 01 aa"),
            hex("a8 05 03 01 bb"),
            hex("a4 05 03 01 cc"),
            hex("ac 05 05 01 dd"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex("aa bb cc dd"));
  }

  @Test
  void joinRefusesWhatIsNotWholeLayers() {
    byte[] begin = hex("08 01");
    byte[] end = hex("04 02");
    byte[] whole = hex("0c 03");
    for (List<byte[]> payloads :
        List.of(
            List.<byte[]>of(),
            List.of(begin),
            List.of(end),
            List.of(begin, whole),
            List.of(whole, end),
            List.of(begin, end, begin))) {
      assertThatThrownBy(() -> depacketizer.join(payloads))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void keyFrameTellsItsSize() throws Exception {
    assertThat(Vp9FrameHeader.parse(hex(KEY_FRAME))).isEqualTo(new VideoFrameInfo(true, 320, 180));
  }

  /**
   * Profile 1: subsampling behind the colour range; profile 2: bit depth before; profile 3: both.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // marker 10, profile 10 (1), existing 0, key 0, shown 1, resilient 0; colour 001, range 0,
        // subsampling 00, reserved 0, width 319, height 179
        "a2 49 83 42 20 02 7e 01 66",
        // profile 01 (2); twelve bits 1, colour 001, range 0
        "92 49 83 42 90 09 f8 05 98",
        // profile 1 with RGB: colour 111, reserved 0
        "a2 49 83 42 e0 13 f0 0b 30",
        // profile 11 (3), reserved 0, existing 0, key 0, shown 1 | resilient 0, sync code; bit
        // depth 1, colour 001, range 0, subsampling 00, reserved 0
        "b1 24 c1 a1 48 00 9f 80 59 80"
      })
  void everyProfilesKeyFrameTellsItsSize(String frame) throws Exception {
    assertThat(Vp9FrameHeader.parse(hex(frame))).isEqualTo(new VideoFrameInfo(true, 320, 180));
  }

  @Test
  void interFrameAndRepeatedFrameTellNoSize() throws Exception {
    assertThat(Vp9FrameHeader.parse(hex(INTER_FRAME))).isEqualTo(new VideoFrameInfo(false, 0, 0));
    assertThat(Vp9FrameHeader.parse(hex("88"))).isEqualTo(new VideoFrameInfo(false, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "42",
        "82",
        "82 49 83 43 20 13 f0 0b 30",
        "82 49 83 42 e0 13 f0 0b 30",
        "82 49 83 42 20 13 f0 0b"
      })
  void cutOrWrongFrameHeaderIsMalformed(String frame) {
    assertThatThrownBy(() -> Vp9FrameHeader.parse(hex(frame)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void keyFramesPayloadsSayThatTheyNeedNoPicture() throws Exception {
    Vp9Packetizer packetizer = new Vp9Packetizer(new Random(1));
    for (String frame : List.of(KEY_FRAME, INTER_FRAME)) {
      List<byte[]> payloads = packetize(packetizer, hex(frame), 6);
      assertThat(payloads).hasSizeGreaterThan(1);
      for (byte[] payload : payloads) {
        assertThat(depacketizer.describe(payload, 0, payload.length).keyFrame())
            .isEqualTo(frame.equals(KEY_FRAME));
      }
    }
  }

  @Test
  void firstPayloadBeginsAndLastPayloadEndsTheFrame() throws Exception {
    List<byte[]> payloads = packetize(new Vp9Packetizer(new Random(1)), new byte[30], 13);
    List<String> ends = new ArrayList<>();
    for (byte[] payload : payloads) {
      Vp9Descriptor descriptor = Vp9Descriptor.parse(new ByteReader(payload));
      ends.add(descriptor.beginsLayerFrame() + " " + descriptor.endsLayerFrame());
    }
    assertThat(ends).containsExactly("true false", "false false", "false true");
  }

  @Test
  void framesHaveConsecutivePictureIds() throws Exception {
    Vp9Packetizer packetizer = new Vp9Packetizer(new Random(3));
    int before = -1;
    for (int frame = 0; frame < 40_000; frame++) {
      byte[] payload = packetize(packetizer, new byte[1], 8).get(0);
      PayloadDescriptor descriptor = depacketizer.describe(payload, 0, payload.length);
      assertThat(descriptor.pictureIdBits()).isEqualTo(15);
      assertThat(before == -1 || descriptor.pictureId() == (before + 1) % 32_768)
          .as("frame %d", frame)
          .isTrue();
      before = descriptor.pictureId();
    }
  }

  @Test
  void oneByteBesideTheDescriptorIsEnough() throws Exception {
    List<byte[]> payloads = packetize(new Vp9Packetizer(new Random(1)), new byte[] {1, 2, 3}, 4);
    assertThat(payloads).hasSize(3);
    assertThat(depacketizer.join(payloads)).isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void refusesAnEmptyFrameAndAPayloadWithoutRoom() {
    Vp9Packetizer packetizer = new Vp9Packetizer(new Random(1));
    assertThatThrownBy(() -> packetizer.begin(new byte[0], 1200))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packetizer.begin(new byte[1], 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyFrameComesBackFromItsPayloads() throws Exception {
    Random random = new Random(9);
    Vp9Packetizer packetizer = new Vp9Packetizer(random);
    for (int i = 0; i < 2_000; i++) {
      byte[] frame = new byte[1 + random.nextInt(6_000)];
      random.nextBytes(frame);
      List<byte[]> payloads = packetize(packetizer, frame, 4 + random.nextInt(1_400));
      assertThat(depacketizer.join(payloads)).as("seed 9, frame %d", i).isEqualTo(frame);
    }
  }
}
