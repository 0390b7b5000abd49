package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.purertc.internal.rtp.format.Payloads.hex;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.MalformedPacketException;

class AudioFormatsTest {
  private final SinglePayloadPacketizer packetizer = new SinglePayloadPacketizer();
  private final SinglePayloadDepacketizer depacketizer = new SinglePayloadDepacketizer();

  @Test
  void audioFrameIsOnePayload() throws Exception {
    byte[] frame = new byte[160];
    new Random(1).nextBytes(frame);
    List<byte[]> payloads = packetize(packetizer, frame, 160);
    assertThat(payloads).containsExactly(frame);
    assertThat(depacketizer.join(payloads)).isEqualTo(frame).isNotSameAs(payloads.get(0));
  }

  @Test
  void audioPayloadBeginsAFrameThatNeedsNoOther() throws Exception {
    PayloadDescriptor descriptor = depacketizer.describe(new byte[3], 1, 2);
    assertThat(descriptor.start()).isEqualTo(Start.YES);
    assertThat(descriptor.keyFrame()).isTrue();
  }

  @Test
  void emptyOrTooLongAudioFrameIsRefused() {
    assertThatThrownBy(() -> packetizer.begin(new byte[0], 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packetizer.begin(new byte[101], 100))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void emptyOrSecondAudioPayloadIsMalformed() {
    byte[] payload = {1};
    assertThatThrownBy(() -> depacketizer.describe(payload, 0, 0))
        .isInstanceOf(MalformedPacketException.class);
    for (List<byte[]> payloads :
        List.of(List.<byte[]>of(), List.of(new byte[0]), List.of(payload, payload))) {
      assertThatThrownBy(() -> depacketizer.join(payloads))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void g711HasOneTickForEachByte() throws Exception {
    assertThat(AudioDuration.ticks("audio/PCMU", new byte[160], 0, 160)).isEqualTo(160);
    assertThat(AudioDuration.ticks("audio/PCMA", new byte[200], 40, 80)).isEqualTo(80);
    assertThat(AudioDuration.samplesPerTick("audio/PCMU")).isEqualTo(1);
  }

  /** RFC 3551 section 4.5.2: 20 ms are 160 bytes, 320 samples at 16 kHz, 160 ticks at 8 kHz. */
  @Test
  void g722HasTwoSamplesForEachTick() throws Exception {
    assertThat(AudioDuration.ticks("audio/g722", new byte[160], 0, 160)).isEqualTo(160);
    assertThat(AudioDuration.samplesPerTick("audio/g722")).isEqualTo(2);
  }

  @Test
  void opusTellsItsDurationItself() throws Exception {
    byte[] packet = hex("00 f9 01 02 03 04");
    assertThat(AudioDuration.ticks("audio/OPUS", packet, 1, 5)).isEqualTo(1_920);
    assertThatThrownBy(() -> AudioDuration.ticks("audio/opus", packet, 1, 0))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void unknownFormatTellsNoDuration() throws Exception {
    assertThat(AudioDuration.ticks("audio/ilbc", new byte[38], 0, 38)).isZero();
  }

  @Test
  void formatsAreFoundWithoutCase() {
    for (String mimeType :
        List.of(
            "audio/opus",
            "AUDIO/OPUS",
            "audio/pcmu",
            "audio/PCMA",
            "audio/G722",
            "video/VP8",
            "video/vp9")) {
      assertThat(PayloadFormats.packetizer(mimeType, "", new Random(1))).as(mimeType).isNotNull();
      assertThat(PayloadFormats.depacketizer(mimeType, "")).as(mimeType).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio/opus", "video/VP8", "video/VP9"})
  void newFrameTakesThePlaceOfTheOneBefore(String mimeType) throws Exception {
    Packetizer packetizer =
        Objects.requireNonNull(PayloadFormats.packetizer(mimeType, "", new Random(1)));
    Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, ""));
    packetizer.begin(new byte[100], 100);
    assertThat(packetizer.isLast()).isFalse();
    packetizer.next(new byte[100], 0);
    packetizer.begin(new byte[50], 100);
    assertThat(packetizer.isLast()).isFalse();
    byte[] frame = {5, 6, 7};
    assertThat(depacketizer.join(packetize(packetizer, frame, 100))).isEqualTo(frame);
  }

  @Test
  void unknownFormatIsNull() throws Exception {
    assertThat(PayloadFormats.packetizer("video/theora", "", new Random(1))).isNull();
    assertThat(PayloadFormats.depacketizer("video/theora", "")).isNull();
    assertThat(PayloadFormats.frameInfo("audio/opus", new byte[1])).isNull();
  }

  /** RFC 7587 section 6.1. */
  @Test
  void absentOpusParametersHaveTheirDefaults() {
    assertThat(OpusParameters.parse(""))
        .isEqualTo(
            new OpusParameters(48_000, 48_000, 20, 3, 120, 0, false, false, false, false, false));
  }

  /** As Chromium and Firefox offer them. */
  @Test
  void browsersOpusParametersAreRead() {
    OpusParameters chromium = OpusParameters.parse("minptime=10;useinbandfec=1");
    assertThat(chromium.minPtimeMs()).isEqualTo(10);
    assertThat(chromium.useInbandFec()).isTrue();
    assertThat(chromium.stereo()).isFalse();
    OpusParameters firefox =
        OpusParameters.parse("maxplaybackrate=48000;stereo=1;useinbandfec=1;usedtx=1");
    assertThat(firefox.stereo()).isTrue();
    assertThat(firefox.useDtx()).isTrue();
  }

  @Test
  void everyOpusParameterIsRead() {
    assertThat(
            OpusParameters.parse(
                "maxplaybackrate=16000; sprop-maxcapturerate=8000; ptime=40; minptime=10; "
                    + "maxptime=60; maxaveragebitrate=20000; STEREO=1; sprop-stereo=1; cbr=1; "
                    + "useinbandfec=1; usedtx=1"))
        .isEqualTo(
            new OpusParameters(16_000, 8_000, 40, 10, 60, 20_000, true, true, true, true, true));
  }

  @Test
  void oddOpusParametersCountAsAbsent() {
    assertThat(
            OpusParameters.parse(
                "maxplaybackrate=99999999999;maxaveragebitrate=5999;ptime=-20;minptime=;"
                    + "maxptime=1x;stereo=true;=1;;useinbandfec"))
        .isEqualTo(OpusParameters.parse(""));
  }
}
