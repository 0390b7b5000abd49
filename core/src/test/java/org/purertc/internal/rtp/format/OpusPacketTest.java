package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.hex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.OpusPacket.Mode;
import org.purertc.internal.util.MalformedPacketException;

class OpusPacketTest {
  private static OpusPacket parse(String packet) throws MalformedPacketException {
    byte[] bytes = hex(packet);
    return OpusPacket.parse(bytes, 0, bytes.length);
  }

  /** One frame (code 0) of a configuration. */
  private static OpusPacket ofConfiguration(int config) throws MalformedPacketException {
    return OpusPacket.parse(new byte[] {(byte) (config << 3), 0, 0}, 0, 3);
  }

  /** RFC 6716 section 3.1, table 2. */
  @ParameterizedTest
  @CsvSource({
    "0,SILK,480",
    "1,SILK,960",
    "2,SILK,1920",
    "3,SILK,2880",
    "4,SILK,480",
    "7,SILK,2880",
    "8,SILK,480",
    "9,SILK,960",
    "11,SILK,2880",
    "12,HYBRID,480",
    "13,HYBRID,960",
    "14,HYBRID,480",
    "15,HYBRID,960",
    "16,CELT,120",
    "17,CELT,240",
    "18,CELT,480",
    "19,CELT,960",
    "20,CELT,120",
    "24,CELT,120",
    "27,CELT,960",
    "28,CELT,120",
    "31,CELT,960"
  })
  void configurationTellsModeAndFrameSize(int config, Mode mode, int samples) throws Exception {
    OpusPacket packet = ofConfiguration(config);
    assertThat(packet.mode()).isEqualTo(mode);
    assertThat(packet.frameSamples()).isEqualTo(samples);
    assertThat(packet.durationSamples()).isEqualTo(samples);
  }

  @Test
  void stereoIsABitOfTheTableOfContents() throws Exception {
    assertThat(parse("fc 00 00").stereo()).isTrue();
    assertThat(parse("f8 00 00").stereo()).isFalse();
  }

  @Test
  void codeOneHoldsTwoEqualFrames() throws Exception {
    assertThat(parse("f9 01 02 03 04").durationSamples()).isEqualTo(1_920);
  }

  @Test
  void codeTwoHoldsTwoFramesOfTheirOwnLengths() throws Exception {
    assertThat(parse("fa 01 aa bb cc").durationSamples()).isEqualTo(1_920);
  }

  /** RFC 6716 section 3.2.1: lengths from 252 on take two bytes. */
  @Test
  void lengthOf252TakesTwoBytes() throws Exception {
    byte[] packet = new byte[1 + 2 + 252 + 5];
    packet[0] = (byte) 0xfa;
    packet[1] = (byte) 252;
    assertThat(OpusPacket.parse(packet, 0, packet.length).frames()).isEqualTo(2);
    packet[2] = 2; // 260 bytes, which are not there
    assertThatThrownBy(() -> OpusPacket.parse(packet, 0, packet.length))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void codeThreeCountsItsFrames() throws Exception {
    assertThat(parse("fb 03 01 02 03").durationSamples()).isEqualTo(2_880);
    assertThat(parse("fb 83 00 01 aa bb").durationSamples()).isEqualTo(2_880);
  }

  /** RFC 6716 section 3.2.5: two bytes of padding, said by one. */
  @Test
  void paddingDoesNotCount() throws Exception {
    assertThat(parse("fb 42 02 aa bb 00 00").frames()).isEqualTo(2);
    assertThat(parse("fb 42 02 aa bb 00 00").discontinuous()).isTrue();
  }

  @Test
  void paddingOf255Means254AndOneMoreLength() throws Exception {
    byte[] packet = new byte[4 + 2 + 255];
    packet[0] = (byte) 0xfb;
    packet[1] = 0x42;
    packet[2] = (byte) 255;
    packet[3] = 1;
    assertThat(OpusPacket.parse(packet, 0, packet.length).frames()).isEqualTo(2);
    assertThat(OpusPacket.parse(packet, 0, packet.length).discontinuous()).isTrue();
  }

  @Test
  void longestPacketHas120Milliseconds() throws Exception {
    assertThat(parse("fb 06").durationSamples()).isEqualTo(5_760);
    assertThat(parse("e3 30").durationSamples()).isEqualTo(5_760);
  }

  /** R1 to R7 of RFC 6716 section 3.4, one after the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // R1
        "f9 01", // R3
        "fa",
        "fa 02 01",
        "fa fc", // R4
        "fb",
        "fb 00",
        "fb 07",
        "e3 31",
        "1b 03 00 00 00", // R5
        "fb 02 01",
        "fb 41 02 00",
        "fb 41 ff",
        "fb 42 01 01 00", // R6
        "fb 82",
        "fb 82 02 01",
        "fb c2 01 00" // R7
      })
  void packetAgainstTheRulesIsMalformed(String packet) {
    assertThatThrownBy(() -> parse(packet)).isInstanceOf(MalformedPacketException.class);
  }

  /** R2. */
  @Test
  void frameOfMoreThan1275BytesIsMalformed() throws Exception {
    assertThat(OpusPacket.parse(new byte[1_276], 0, 1_276).frames()).isEqualTo(1);
    assertThatThrownBy(() -> OpusPacket.parse(new byte[1_277], 0, 1_277))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void packetOfOneOrTwoBytesIsDiscontinuousTransmission() throws Exception {
    assertThat(parse("78").discontinuous()).isTrue();
    assertThat(parse("78").durationSamples()).isEqualTo(960);
    assertThat(parse("78 00").discontinuous()).isTrue();
    assertThat(parse("78 00 00").discontinuous()).isFalse();
  }

  /** RFC 6716 section 4.2.3: bit 6 of a 20 ms frame, bit 5 of 40 ms, bit 4 of 60 ms. */
  @ParameterizedTest
  @CsvSource({
    "08 40 00,true",
    "08 bf 00,false",
    "00 40 00,true",
    "10 20 00,true",
    "10 df 00,false",
    "18 10 00,true",
    "18 ef 00,false",
    "68 40 00,true",
    "78 bf 00,false"
  })
  void redundancyIsABitOfTheFirstFrame(String packet, boolean redundancy) throws Exception {
    assertThat(parse(packet).lowBitrateRedundancy()).isEqualTo(redundancy);
  }

  /** The side's bits follow the middle's: 4 of a 20 ms frame, 2 of 40 ms, 0 of 60 ms. */
  @ParameterizedTest
  @CsvSource({
    "0c 10 00,true",
    "0c af 00,false",
    "14 04 00,true",
    "14 db 00,false",
    "1c 01 00,true",
    "1c ee 00,false",
    "0c 40 00,true"
  })
  void redundancyOfTheSideCounts(String packet, boolean redundancy) throws Exception {
    assertThat(parse(packet).lowBitrateRedundancy()).isEqualTo(redundancy);
  }

  @Test
  void redundancyIsReadBehindTheLengths() throws Exception {
    assertThat(parse("0a 01 40 bf").lowBitrateRedundancy()).isTrue();
    assertThat(parse("0b 82 01 40 bf").lowBitrateRedundancy()).isTrue();
    assertThat(parse("0b 42 01 40 bf 00").lowBitrateRedundancy()).isTrue();
  }

  @Test
  void celtAndEmptyFramesHaveNoRedundancy() throws Exception {
    assertThat(parse("f8 ff ff").lowBitrateRedundancy()).isFalse();
    assertThat(parse("08").lowBitrateRedundancy()).isFalse();
    assertThat(parse("0a 00 ff").lowBitrateRedundancy()).isFalse();
  }
}
