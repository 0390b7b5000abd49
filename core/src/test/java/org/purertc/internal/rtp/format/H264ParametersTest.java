package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.format.Payloads.hex;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class H264ParametersTest {
  /** RFC 6184 section 8.2.1. */
  private static final String OFFER =
      "profile-level-id=42A01E; packetization-mode=1; sprop-parameter-sets=Z0IACpZTBYmI,aMljiA==";

  @Test
  void offerOfTheRfcIsRead() {
    H264Parameters parameters = H264Parameters.parse(OFFER);
    assertThat(parameters.packetizationMode()).isEqualTo(1);
    assertThat(parameters.parameterSets())
        .containsExactly(hex("6742000a9653058988"), hex("68c96388"));
  }

  @Test
  void absentOrOddParametersHaveTheDefaults() {
    for (String fmtp : List.of("", "profile-level-id=42e01f", "packetization-mode=3")) {
      H264Parameters parameters = H264Parameters.parse(fmtp);
      assertThat(parameters.packetizationMode()).isEqualTo(0);
      assertThat(parameters.parameterSets()).isEmpty();
    }
  }

  @Test
  void whatIsNoParameterSetIsLeftOut() {
    assertThat(H264Parameters.parse("sprop-parameter-sets=,!!,ZYg=,aMljiA==").parameterSets())
        .containsExactly(hex("68c96388"));
  }

  @Test
  void aHostileListOfParameterSetsIsBounded() {
    assertThat(H264Parameters.parse("sprop-parameter-sets=" + "aA==,".repeat(800)).parameterSets())
        .hasSize(16);
    assertThat(H264Parameters.parse("sprop-parameter-sets=" + "aA==,".repeat(900)).parameterSets())
        .isEmpty();
  }

  @Test
  void signalledParameterSetsStandBeforeAnIdrPictureThatBringsNone() throws Exception {
    Depacketizer depacketizer =
        Objects.requireNonNull(PayloadFormats.depacketizer("video/H264", OFFER));
    String sets = "00000001 6742000a9653058988 00000001 68c96388";
    assertThat(depacketizer.join(List.of(hex("78 0002 09f0 0002 6588 0002 6542"))))
        .isEqualTo(hex("00000001 09f0" + sets + "00000001 6588 00000001 6542"));
    assertThat(depacketizer.join(List.of(hex("7c c5 88")))).isEqualTo(hex(sets + "00000001 65 88"));
    assertThat(depacketizer.join(List.of(hex("67 42"), hex("65 88"))))
        .isEqualTo(hex("00000001 67 42 00000001 65 88"));
    assertThat(depacketizer.join(List.of(hex("41 9a")))).isEqualTo(hex("00000001 41 9a"));
  }

  @Test
  void theInterleavedModeIsNotKnown() {
    assertThat(PayloadFormats.packetizer("video/H264", "packetization-mode=2", new Random(1)))
        .isNull();
    assertThat(PayloadFormats.depacketizer("video/H264", "packetization-mode=2")).isNull();
  }
}
