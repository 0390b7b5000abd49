package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.describe;
import static org.purertc.internal.rtp.format.Payloads.hex;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.MalformedPacketException;

class H264Test {
  private final H264Depacketizer depacketizer = new H264Depacketizer(List.of());

  private static List<byte[]> payloadsOf(int mode, String frame, int maxPayloadBytes) {
    return packetize(new H264Packetizer(mode), hex(frame), maxPayloadBytes);
  }

  /** RFC 6184 section 5.7.1, figure 8: two units behind their sizes; NRI is the highest. */
  @Test
  void smallUnitsShareOneAggregate() {
    assertThat(payloadsOf(1, "00000001 47 42 00 0b 00000001 68 ce 000001 65 88 84", 100))
        .containsExactly(hex("78 0004 4742000b 0002 68ce 0003 658884"));
  }

  @Test
  void anAggregateSaysThatAnyOfItsUnitsHasErrors() {
    assertThat(payloadsOf(1, "000001 01 80 000001 81 40", 100))
        .containsExactly(hex("98 0002 0180 0002 8140"));
  }

  @Test
  void aUnitThatFitsOnlyAloneIsAPayloadItself() {
    assertThat(payloadsOf(1, "000001 67 42 0b 000001 65 88 84 01", 8))
        .containsExactly(hex("67420b"), hex("65888401"));
  }

  /** RFC 6184 section 5.8: F and NRI in the indicator, the type in the header. */
  @Test
  void aLargeUnitBecomesFragmentsOfEvenSize() {
    assertThat(payloadsOf(1, "000001 65 88 01 02 03 04 05 06", 6))
        .containsExactly(hex("7c 85 88 01 02"), hex("7c 45 03 04 05 06"));
    assertThat(payloadsOf(1, "000001 41 9a 01 02 03 04", 4))
        .containsExactly(hex("5c 81 9a"), hex("5c 01 01 02"), hex("5c 41 03 04"));
  }

  @Test
  void modeZeroSendsEachUnitAlone() {
    assertThat(payloadsOf(0, "00000001 67 42 0b 00000001 68 ce 000001 65 88 84", 100))
        .containsExactly(hex("67420b"), hex("68ce"), hex("658884"));
  }

  @Test
  void modeZeroRefusesAUnitThatDoesNotFitAndSaysWhatHelps() {
    assertThatThrownBy(() -> payloadsOf(0, "000001 65 88 84 01 02", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("limit its slices to 4 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "65 88 84", "000001", "000001 00", "000001 60 01", "000001 78 01"})
  void refusesWhatIsNoByteStreamOfUnits(String frame) {
    assertThatThrownBy(() -> payloadsOf(1, frame, 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingOfARefusedFrameOrOfTheOneBeforeIsSent() {
    H264Packetizer packetizer = new H264Packetizer(1);
    packetizer.begin(hex("000001 65 88 01 02 03 04 05 06"), 6);
    assertThat(packetizer.next(new byte[6], 0)).isEqualTo(5);
    assertThatThrownBy(() -> packetizer.begin(hex("000001 41 9a 000001 78 01"), 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(packetizer.next(new byte[100], 0)).isZero();
    assertThat(packetizer.isLast()).isFalse();
    packetizer.begin(hex("000001 65 88 01 02 03 04 05 06"), 6);
    assertThat(packetizer.next(new byte[6], 0)).isEqualTo(5);
    assertThat(packetize(packetizer, hex("000001 41 9a"), 6)).containsExactly(hex("41 9a"));
  }

  @Test
  void refusesAPayloadWithoutRoom() {
    assertThatThrownBy(() -> payloadsOf(1, "000001 65 88", 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** H.264 section 7.4.1: the unit's 0, 0, 3 stays, zeros behind it go. */
  @Test
  void emulationPreventionIsNotTouched() throws Exception {
    List<byte[]> payloads = payloadsOf(1, "0000000001 65 000003 01 000003 0000 000001 41 9a", 100);
    assertThat(payloads).containsExactly(hex("78 0008 6500000301000003 0002 419a"));
    assertThat(depacketizer.join(payloads))
        .isEqualTo(hex("00000001 65 00000301000003 00000001 41 9a"));
  }

  @Test
  void joinGivesStartCodesOfFourBytes() throws Exception {
    assertThat(depacketizer.join(List.of(hex("67420b"), hex("78 0001 09 0002 68ce"))))
        .isEqualTo(hex("00000001 67420b 00000001 09 00000001 68ce"));
  }

  @Test
  void joinPutsFragmentsTogether() throws Exception {
    List<byte[]> payloads = List.of(hex("7c 85 88 01"), hex("7c 05 02"), hex("7c 45 03"));
    assertThat(depacketizer.join(payloads)).isEqualTo(hex("00000001 65 88 01 02 03"));
  }

  @Test
  void joinRefusesWhatIsNotOneWholeUnit() {
    byte[] first = hex("7c 85 88");
    byte[] middle = hex("7c 05 01");
    byte[] last = hex("7c 45 02");
    for (List<byte[]> payloads :
        List.of(
            List.<byte[]>of(),
            List.of(first),
            List.of(middle, last),
            List.of(last),
            List.of(first, first, last),
            List.of(first, hex("7c 01 01"), last),
            List.of(first, hex("41 9a"), last),
            List.of(first, hex("78 0001 09"), last))) {
      assertThatThrownBy(() -> depacketizer.join(payloads))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  /** RFC 6184 section 5.2, table 1: STAP-B, MTAP16, MTAP24 and FU-B are of the interleaved mode. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "78",
        "78 00",
        "78 0000",
        "78 0002 65",
        "78 0001 78",
        "78 0001 65 00",
        "7c",
        "7c 80",
        "7c 9c 01",
        "79 0000 0001 65",
        "7a 0000 0001",
        "7b 0000 0001",
        "7d 85 0000 01",
        "7e 01",
        "7f 01"
      })
  void whatModeOneDoesNotHaveIsMalformed(String payload) {
    assertThatThrownBy(() -> describe(depacketizer, payload))
        .isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> depacketizer.join(List.of(hex(payload))))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"65 88 84", "78 0001 67 0001 68 0002 6588", "7c 85 88", "7c 05 01"})
  void payloadsWithAnIdrSliceAreOfAKeyFrame(String payload) throws Exception {
    assertThat(describe(depacketizer, payload).keyFrame()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"41 9a", "67 42", "68 ce", "78 0001 67 0001 68", "5c 81 9a", "5c 41 01"})
  void payloadsWithoutOneAreNot(String payload) throws Exception {
    assertThat(describe(depacketizer, payload).keyFrame()).isFalse();
  }

  /** H.264 section 7.4.1.2.3: nothing of an access unit comes before its delimiter. */
  @ParameterizedTest
  @ValueSource(strings = {"09 f0", "78 0002 09f0 0002 6588"})
  void aDelimiterBeginsAFrame(String payload) throws Exception {
    assertThat(describe(depacketizer, payload).start()).isEqualTo(Start.YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"67 42", "68 ce", "06 05", "65 88", "41 9a", "7c 85 88", "78 0001 67"})
  void parameterSetsAndFirstSlicesMayFollowAnotherPayload(String payload) throws Exception {
    assertThat(describe(depacketizer, payload).start()).isEqualTo(Start.UNKNOWN);
  }

  /** First_mb_in_slice above 0, and fragments behind the first. */
  @ParameterizedTest
  @ValueSource(strings = {"65 42", "41 02", "7c 85 42", "78 0002 6542", "7c 05 88", "7c 45 88"})
  void laterSlicesAndLaterFragmentsBeginNone(String payload) throws Exception {
    assertThat(describe(depacketizer, payload).start()).isEqualTo(Start.NO);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void everyFrameComesBackFromItsPayloads(int mode) throws Exception {
    Random random = new Random(9);
    H264Packetizer packetizer = new H264Packetizer(mode);
    for (int i = 0; i < 2_000; i++) {
      byte[] frame = randomFrame(random, mode == 0 ? 100 : 3_000);
      int limit = mode == 0 ? 101 : 3 + random.nextInt(1_400);
      assertThat(depacketizer.join(packetize(packetizer, frame, limit)))
          .as("seed 9, frame %d", i)
          .isEqualTo(frame);
    }
  }

  /** One to eight units of random type and content, zeros and threes often. */
  private static byte[] randomFrame(Random random, int maxUnitBytes) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    for (int unit = random.nextInt(8); unit >= 0; unit--) {
      frame.writeBytes(new byte[] {0, 0, 0, 1});
      frame.write(random.nextInt(8) << 5 | 1 + random.nextInt(23));
      int zeros = 0;
      for (int i = random.nextInt(maxUnitBytes); i > 0; i--) {
        int value = random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(256);
        if (i == 1 || zeros >= 2 && value < 4) {
          value = 3; // what an encoder's emulation prevention gives
        }
        zeros = value == 0 ? zeros + 1 : 0;
        frame.write(value);
      }
    }
    return frame.toByteArray();
  }

  /** The set in the offer of RFC 6184 section 8.2.1, worked out by hand: 11 x 9 macroblocks. */
  private static final String QCIF = "67 42000a 96 53 05 89 88";

  @Test
  void sequenceParameterSetTellsTheSize() throws Exception {
    assertThat(H264NalUnits.frameInfo(hex("00000001" + QCIF + "000001 68 ce 000001 65 88")))
        .isEqualTo(new VideoFrameInfo(true, 176, 144));
  }

  @Test
  void anIdrPictureWithoutParametersTellsNoSize() throws Exception {
    assertThat(H264NalUnits.frameInfo(hex("000001 65 88")))
        .isEqualTo(new VideoFrameInfo(true, 0, 0));
    assertThat(H264NalUnits.frameInfo(hex("000001 41 9a"))).isEqualTo(VideoFrameInfo.DEPENDENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "65 88", "000001 67 42", "000001 67 42000a 96 53 05"})
  void cutOrWrongFramesAreMalformed(String frame) {
    assertThatThrownBy(() -> H264NalUnits.frameInfo(hex(frame)))
        .isInstanceOf(MalformedPacketException.class);
  }
}
