package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.describe;
import static org.purertc.internal.rtp.format.Payloads.hex;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;
import org.purertc.internal.util.MalformedPacketException;

class Vp8Test {
  /** RFC 6386 section 9.1: a key frame of 640 x 360, with scaling bits that do not count. */
  private static final String KEY_FRAME = "50 42 00 9d 01 2a 80 42 68 81 39 6b";

  private final Vp8Depacketizer depacketizer = new Vp8Depacketizer();

  private static Vp8Descriptor parse(String payload) throws MalformedPacketException {
    return Vp8Descriptor.parse(new ByteReader(hex(payload)));
  }

  /** RFC 7741 section 4.2, figure 2, without X. */
  @Test
  void oneByteDescriptorTellsOfThePartitionOnly() throws Exception {
    assertThat(parse("13 00"))
        .isEqualTo(new Vp8Descriptor(false, true, 3, -1, 0, -1, -1, false, -1));
    assertThat(parse("20 00"))
        .isEqualTo(new Vp8Descriptor(true, false, 0, -1, 0, -1, -1, false, -1));
  }

  @Test
  void shortPictureIdHasSevenBits() throws Exception {
    assertThat(parse("90 80 11 00"))
        .isEqualTo(new Vp8Descriptor(false, true, 0, 0x11, 7, -1, -1, false, -1));
  }

  @Test
  void longPictureIdHasFifteenBits() throws Exception {
    assertThat(parse("80 80 92 34 00"))
        .isEqualTo(new Vp8Descriptor(false, false, 0, 0x1234, 15, -1, -1, false, -1));
  }

  /** All of X, I, L, T and K. */
  @Test
  void everyExtensionIsRead() throws Exception {
    assertThat(parse("b0 f0 ff ff 7b a9 00"))
        .isEqualTo(new Vp8Descriptor(true, true, 0, 0x7fff, 15, 0x7b, 2, true, 9));
  }

  @Test
  void keyIndexWithoutLayerHidesTheLayerBits() throws Exception {
    assertThat(parse("80 10 e3 00"))
        .isEqualTo(new Vp8Descriptor(false, false, 0, -1, 0, -1, -1, false, 3));
  }

  @Test
  void layerWithoutKeyIndexHidesTheKeyIndexBits() throws Exception {
    assertThat(parse("80 20 5f 00"))
        .isEqualTo(new Vp8Descriptor(false, false, 0, -1, 0, -1, 1, false, -1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "80", "80 80", "80 80 80", "80 80 80 00", "80 40", "80 20", "80 10 00"})
  void cutDescriptorIsMalformed(String payload) {
    assertThatThrownBy(() -> describe(depacketizer, payload))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void firstPayloadOfAKeyFrameIsSeen() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "90 e0 80 05 07 60" + KEY_FRAME);
    assertThat(descriptor.start()).isEqualTo(Start.YES);
    assertThat(descriptor.keyFrame()).isTrue();
    assertThat(descriptor.pictureId()).isEqualTo(5);
    assertThat(descriptor.pictureIdBits()).isEqualTo(15);
    assertThat(descriptor.tl0PictureIndex()).isEqualTo(7);
    assertThat(descriptor.temporalLayer()).isEqualTo(1);
    assertThat(descriptor.spatialLayer()).isEqualTo(-1);
    assertThat(descriptor.switchingPoint()).isTrue();
    assertThat(descriptor.referenceDifferences()).isEmpty();
  }

  @Test
  void firstPayloadOfAnInterFrameIsNoKeyFrame() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "10 51 42 00");
    assertThat(descriptor.start()).isEqualTo(Start.YES);
    assertThat(descriptor.keyFrame()).isFalse();
  }

  /** RFC 7741 section 4.4: S is also set where a later partition begins. */
  @Test
  void startOfALaterPartitionIsNotTheFramesStart() throws Exception {
    PayloadDescriptor descriptor = describe(depacketizer, "12 50 42 00");
    assertThat(descriptor.start()).isEqualTo(Start.NO);
    assertThat(descriptor.keyFrame()).isFalse();
  }

  @Test
  void joinTakesTheDescriptorsOff() throws Exception {
    List<byte[]> payloads = List.of(hex("90 80 11 01 02"), hex("00 03"), hex("80 80 91 11 04"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex("01 02 03 04"));
  }

  @Test
  void joinRefusesWhatIsNotOneFrame() {
    byte[] start = hex("10 01");
    byte[] later = hex("00 02");
    for (List<byte[]> payloads :
        List.of(List.<byte[]>of(), List.of(later), List.of(later, start), List.of(start, start))) {
      assertThatThrownBy(() -> depacketizer.join(payloads))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void keyFrameTellsItsSize() throws Exception {
    assertThat(Vp8FrameHeader.parse(hex(KEY_FRAME))).isEqualTo(new VideoFrameInfo(true, 640, 360));
  }

  @Test
  void interFrameTellsNoSize() throws Exception {
    assertThat(Vp8FrameHeader.parse(hex("51 42 00 9d 01 2a 80 02 68 01")))
        .isEqualTo(new VideoFrameInfo(false, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "51", "50 42 00", "50 42 00 9d 01 2b 80 02 68 01", "50 42 00 9d 01 2a 80"})
  void cutOrWrongFrameHeaderIsMalformed(String frame) {
    assertThatThrownBy(() -> Vp8FrameHeader.parse(hex(frame)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void payloadsOfAFrameShareTheNextPictureId() throws Exception {
    Vp8Packetizer packetizer = new Vp8Packetizer(new Random(3));
    int before = -1;
    for (int frame = 0; frame < 40_000; frame++) {
      List<byte[]> payloads = packetize(packetizer, new byte[9], 8);
      assertThat(payloads).hasSize(3);
      int id = -1;
      for (byte[] payload : payloads) {
        PayloadDescriptor descriptor = depacketizer.describe(payload, 0, payload.length);
        assertThat(descriptor.pictureIdBits()).isEqualTo(15);
        assertThat(id == -1 || id == descriptor.pictureId()).isTrue();
        id = descriptor.pictureId();
      }
      assertThat(before == -1 || id == (before + 1) % 32_768).as("frame %d", frame).isTrue();
      before = id;
    }
  }

  @Test
  void onlyTheFirstPayloadBeginsTheFrame() throws Exception {
    List<byte[]> payloads = packetize(new Vp8Packetizer(new Random(1)), new byte[30], 14);
    assertThat(payloads).hasSize(3);
    for (int i = 0; i < 3; i++) {
      assertThat(depacketizer.describe(payloads.get(i), 0, 14).start())
          .isEqualTo(i == 0 ? Start.YES : Start.NO);
    }
  }

  @Test
  void payloadsOfAFrameDifferByOneByteAtMost() {
    List<byte[]> payloads = packetize(new Vp8Packetizer(new Random(1)), new byte[2401], 1204);
    assertThat(payloads).extracting(p -> p.length).containsExactly(804, 804, 805);
  }

  @Test
  void oneByteBesideTheDescriptorIsEnough() throws Exception {
    List<byte[]> payloads = packetize(new Vp8Packetizer(new Random(1)), new byte[] {1, 2, 3}, 5);
    assertThat(payloads).hasSize(3);
    assertThat(depacketizer.join(payloads)).isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void refusesAnEmptyFrameAndAPayloadWithoutRoom() {
    Vp8Packetizer packetizer = new Vp8Packetizer(new Random(1));
    assertThatThrownBy(() -> packetizer.begin(new byte[0], 1200))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packetizer.begin(new byte[1], 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyFrameComesBackFromItsPayloads() throws Exception {
    Random random = new Random(8);
    Vp8Packetizer packetizer = new Vp8Packetizer(random);
    for (int i = 0; i < 2_000; i++) {
      byte[] frame = new byte[1 + random.nextInt(6_000)];
      random.nextBytes(frame);
      List<byte[]> payloads = packetize(packetizer, frame, 5 + random.nextInt(1_400));
      assertThat(depacketizer.join(payloads)).as("seed 8, frame %d", i).isEqualTo(frame);
    }
  }
}
