package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.format.Payloads.depacketizer;
import static org.purertc.internal.rtp.format.Payloads.frameInfo;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.rtp.format.PayloadDescriptor.Start;

/** What browsers sent in the formats whose frames are series of units: H.264 and AV1. */
class UnitFormatsCaptureTest {
  private static final String CAPTURES =
      """
      chromium-h264, 108, video/H264
      chromium-h264-mode0, 114, video/H264
      chromium-av1, 45, video/AV1
      firefox-av1, 99, video/AV1
      """;

  private static List<CapturedFrame> frames(String capture, int payloadType) {
    List<List<CapturedFrame>> streams = CapturedFrame.streams(capture, payloadType);
    assertThat(streams).hasSize(1);
    assertThat(streams.get(0)).hasSizeGreaterThan(20);
    return streams.get(0);
  }

  @ParameterizedTest
  @CsvSource(textBlock = CAPTURES)
  void noPayloadIsWronglyTakenForAFramesStart(String capture, int payloadType, String mimeType)
      throws Exception {
    for (CapturedFrame frame : frames(capture, payloadType)) {
      List<Start> starts = new ArrayList<>();
      for (byte[] payload : frame.payloads()) {
        starts.add(depacketizer(mimeType).describe(payload, 0, payload.length).start());
      }
      assertThat(starts.get(0)).isNotEqualTo(Start.NO);
      assertThat(starts.subList(1, starts.size())).doesNotContain(Start.YES);
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = CAPTURES)
  void framesTellWhetherTheyAreKeyAndTheCamerasSize(
      String capture, int payloadType, String mimeType) throws Exception {
    List<Integer> keyFrames = new ArrayList<>();
    List<CapturedFrame> frames = frames(capture, payloadType);
    for (CapturedFrame frame : frames) {
      boolean keyFrame = false;
      for (byte[] payload : frame.payloads()) {
        keyFrame |= depacketizer(mimeType).describe(payload, 0, payload.length).keyFrame();
      }
      byte[] joined = depacketizer(mimeType).join(frame.payloads());
      assertThat(frameInfo(mimeType, joined))
          .isEqualTo(keyFrame ? new VideoFrameInfo(true, 320, 180) : VideoFrameInfo.DEPENDENT);
      if (keyFrame) {
        keyFrames.add(frames.indexOf(frame));
      }
    }
    assertThat(keyFrames).startsWith(0).hasSizeBetween(2, frames.size() / 2);
  }

  @ParameterizedTest
  @CsvSource(textBlock = CAPTURES)
  void framesSentAgainAreTheSame(String capture, int payloadType, String mimeType)
      throws Exception {
    String fmtp = "packetization-mode=1";
    Packetizer packetizer =
        Objects.requireNonNull(PayloadFormats.packetizer(mimeType, fmtp, new Random(4)));
    for (CapturedFrame captured : frames(capture, payloadType)) {
      byte[] frame = depacketizer(mimeType).join(captured.payloads());
      assertThat(depacketizer(mimeType).join(packetize(packetizer, frame, 500))).isEqualTo(frame);
    }
  }

  /** Chromium makes its slices fit for packetization-mode=0. */
  @Test
  void payloadsOfModeZeroAreAsManyAgain() throws Exception {
    H264Packetizer packetizer = new H264Packetizer(0);
    for (CapturedFrame captured : frames("chromium-h264-mode0", 114)) {
      byte[] frame = depacketizer("video/H264").join(captured.payloads());
      assertThat(packetize(packetizer, frame, 1_200)).hasSameSizeAs(captured.payloads());
    }
  }
}
