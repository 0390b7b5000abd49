package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.format.CapturedFrame.streams;
import static org.purertc.internal.rtp.format.Payloads.depacketizer;
import static org.purertc.internal.rtp.format.Payloads.frameInfo;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;
import org.purertc.internal.util.ByteReader;

/** What browsers sent. */
class CaptureTest {
  private static final String VIDEO =
      """
      chromium-vp8, 96, video/VP8
      chromium-vp8-rtx, 96, video/VP8
      chromium-vp8-simulcast, 96, video/VP8
      chromium-vp9, 98, video/VP9
      firefox-vp8, 120, video/VP8
      firefox-vp8-rtx, 120, video/VP8
      firefox-vp8-simulcast, 120, video/VP8
      firefox-vp9, 121, video/VP9
      """;

  private static final String AUDIO =
      """
      chromium-opus, 111, audio/opus
      chromium-g722, 9, audio/G722
      chromium-pcmu, 0, audio/PCMU
      chromium-pcma, 8, audio/PCMA
      firefox-opus, 109, audio/opus
      firefox-g722, 9, audio/G722
      firefox-pcmu, 0, audio/PCMU
      """;

  @ParameterizedTest
  @CsvSource(textBlock = VIDEO)
  void onlyAFramesFirstPayloadBeginsIt(String capture, int payloadType, String mimeType)
      throws Exception {
    Depacketizer depacketizer = depacketizer(mimeType);
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      assertThat(frames).hasSizeGreaterThan(20);
      for (CapturedFrame frame : frames) {
        List<Start> starts = new ArrayList<>();
        for (byte[] payload : frame.payloads()) {
          starts.add(depacketizer.describe(payload, 0, payload.length).start());
        }
        assertThat(starts.get(0)).isEqualTo(Start.YES);
        assertThat(starts.subList(1, starts.size())).allMatch(start -> start == Start.NO);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = VIDEO)
  void descriptorAndFrameAgreeOnKeyFrames(String capture, int payloadType, String mimeType)
      throws Exception {
    Depacketizer depacketizer = depacketizer(mimeType);
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      int keyFrames = 0;
      for (CapturedFrame frame : frames) {
        byte[] first = frame.payloads().get(0);
        VideoFrameInfo info = frameInfo(mimeType, depacketizer.join(frame.payloads()));
        assertThat(depacketizer.describe(first, 0, first.length).keyFrame())
            .isEqualTo(info.keyFrame());
        keyFrames += info.keyFrame() ? 1 : 0;
      }
      assertThat(keyFrames).isBetween(2, frames.size() / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chromium-vp8,96,video/VP8,320,180",
    "chromium-vp8-rtx,96,video/VP8,320,180",
    "chromium-vp9,98,video/VP9,320,180",
    "firefox-vp8,120,video/VP8,320,180",
    "firefox-vp8-rtx,120,video/VP8,320,180",
    "firefox-vp9,121,video/VP9,320,180"
  })
  void firstFrameIsAKeyFrameOfTheCamerasSize(
      String capture, int payloadType, String mimeType, int width, int height) throws Exception {
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      byte[] first = depacketizer(mimeType).join(frames.get(0).payloads());
      assertThat(frameInfo(mimeType, first)).isEqualTo(new VideoFrameInfo(true, width, height));
    }
  }

  @ParameterizedTest
  @CsvSource({"chromium-vp8-simulcast, 96", "firefox-vp8-simulcast, 120"})
  void simulcastStreamsHaveSizesOfTheirOwn(String capture, int payloadType) throws Exception {
    List<VideoFrameInfo> infos = new ArrayList<>();
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      byte[] first = depacketizer("video/VP8").join(frames.get(0).payloads());
      infos.add(frameInfo("video/VP8", first));
    }
    assertThat(infos)
        .containsExactlyInAnyOrder(
            new VideoFrameInfo(true, 160, 90), new VideoFrameInfo(true, 320, 180));
  }

  /** Chromium leaves VP8's picture ids out of simulcast. */
  @ParameterizedTest
  @CsvSource({
    "chromium-vp8, 96, video/VP8",
    "chromium-vp8-rtx, 96, video/VP8",
    "chromium-vp9, 98, video/VP9",
    "firefox-vp8, 120, video/VP8",
    "firefox-vp8-rtx, 120, video/VP8",
    "firefox-vp8-simulcast, 120, video/VP8",
    "firefox-vp9, 121, video/VP9"
  })
  void pictureIdsCountTheFrames(String capture, int payloadType, String mimeType) throws Exception {
    Depacketizer depacketizer = depacketizer(mimeType);
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      int before = -1;
      for (CapturedFrame frame : frames) {
        int id = -1;
        for (byte[] payload : frame.payloads()) {
          PayloadDescriptor descriptor = depacketizer.describe(payload, 0, payload.length);
          assertThat(descriptor.pictureIdBits()).isEqualTo(15);
          assertThat(id == -1 || id == descriptor.pictureId()).isTrue();
          id = descriptor.pictureId();
        }
        assertThat(before == -1 || id == (before + 1 & 0x7fff)).as("%d, %d", before, id).isTrue();
        before = id;
      }
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = VIDEO)
  void framesSentAgainAreTheSame(String capture, int payloadType, String mimeType)
      throws Exception {
    Depacketizer depacketizer = depacketizer(mimeType);
    Packetizer packetizer =
        Objects.requireNonNull(PayloadFormats.packetizer(mimeType, "", new Random(4)));
    for (List<CapturedFrame> frames : streams(capture, payloadType)) {
      for (CapturedFrame captured : frames) {
        byte[] frame = depacketizer.join(captured.payloads());
        List<byte[]> payloads = packetize(packetizer, frame, 500);
        assertThat(depacketizer.join(payloads)).isEqualTo(frame);
        byte[] first = payloads.get(0);
        assertThat(depacketizer.describe(first, 0, first.length).keyFrame())
            .isEqualTo(frameInfo(mimeType, frame).keyFrame());
      }
    }
  }

  /** Chromium in flexible mode, Firefox not and with a pattern: each picture needs the last. */
  @ParameterizedTest
  @CsvSource({"chromium-vp9, 98, true, 0", "firefox-vp9, 121, false, 1"})
  void vp9KeyFramesHaveTheirScalabilityStructure(
      String capture, int payloadType, boolean flexible, int pictures) throws Exception {
    var pattern =
        Collections.nCopies(pictures, new Vp9ScalabilityStructure.Picture(0, true, List.of(1)));
    var structure =
        new Vp9ScalabilityStructure(
            1, List.of(new Vp9ScalabilityStructure.Resolution(320, 180)), pattern);
    for (CapturedFrame frame : streams(capture, payloadType).get(0)) {
      Vp9Descriptor descriptor = Vp9Descriptor.parse(new ByteReader(frame.payloads().get(0)));
      assertThat(descriptor.isFlexible()).isEqualTo(flexible);
      assertThat(descriptor.scalabilityStructure())
          .isEqualTo(descriptor.isInterPicturePredicted() ? null : structure);
    }
  }

  /** Chromium names the picture that each needs. */
  @Test
  void flexibleVp9FramesNameTheirReferences() throws Exception {
    Depacketizer depacketizer = depacketizer("video/VP9");
    for (CapturedFrame frame : streams("chromium-vp9", 98).get(0)) {
      byte[] first = frame.payloads().get(0);
      PayloadDescriptor descriptor = depacketizer.describe(first, 0, first.length);
      assertThat(descriptor.referenceDifferences())
          .hasSizeBetween(descriptor.keyFrame() ? 0 : 1, descriptor.keyFrame() ? 0 : 3)
          .doesNotContain(0);
    }
  }

  /** Firefox sends temporal layers in simulcast, Chromium does not here. */
  @Test
  void temporalLayersNeedPicturesOfTheLowest() throws Exception {
    Depacketizer depacketizer = depacketizer("video/VP8");
    for (List<CapturedFrame> frames : streams("firefox-vp8-simulcast", 120)) {
      int lowestLayers = 0;
      int before = -1;
      for (CapturedFrame frame : frames) {
        byte[] first = frame.payloads().get(0);
        PayloadDescriptor descriptor = depacketizer.describe(first, 0, first.length);
        int step = descriptor.temporalLayer() == 0 ? 1 : 0;
        assertThat(before == -1 || descriptor.tl0PictureIndex() == (before + step & 0xff)).isTrue();
        before = descriptor.tl0PictureIndex();
        lowestLayers += step;
      }
      assertThat(lowestLayers).isBetween(1, frames.size() - 1);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = AUDIO)
  void audioTimestampsAdvanceByWhatTheFramesPlay(String capture, int payloadType, String mimeType)
      throws Exception {
    for (List<CapturedFrame> frames : CapturedFrame.read(capture, payloadType).values()) {
      assertThat(frames).hasSizeGreaterThan(40);
      CapturedFrame before = null;
      for (CapturedFrame frame : frames) {
        if (before != null) {
          byte[] payload = before.payloads().get(0);
          int ticks = AudioDuration.ticks(mimeType, payload, 0, payload.length);
          assertThat(frame.timestamp() - before.timestamp()).isEqualTo(ticks);
        }
        assertThat(depacketizer(mimeType).join(frame.payloads()))
            .isEqualTo(frame.payloads().get(0));
        before = frame;
      }
    }
  }

  @Test
  void dtmfTonesAreToldOnceEach() throws Exception {
    TelephoneEventReceiver receiver = new TelephoneEventReceiver();
    StringBuilder begun = new StringBuilder();
    List<ReceivedTone> ended = new ArrayList<>();
    Map<Integer, List<CapturedFrame>> streams = CapturedFrame.read("chromium-opus-dtmf", 110);
    for (CapturedFrame frame : streams.values().iterator().next()) {
      for (byte[] payload : frame.payloads()) {
        receiver.receive(frame.timestamp(), payload, frame.arrivalNs());
      }
      for (var tone = receiver.poll(); tone != null; tone = receiver.poll()) {
        if (tone.ended()) {
          ended.add(tone);
        } else {
          begun.append(TelephoneEvent.toneOf(tone.code()));
        }
      }
    }
    assertThat(begun).hasToString("159#");
    assertThat(ended)
        .extracting(tone -> TelephoneEvent.toneOf(tone.code()))
        .containsExactly('1', '5', '9', '#');
  }
}
