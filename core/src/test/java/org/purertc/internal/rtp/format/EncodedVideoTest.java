package org.purertc.internal.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.purertc.internal.rtp.format.Payloads.depacketizer;
import static org.purertc.internal.rtp.format.Payloads.frameInfo;
import static org.purertc.internal.rtp.format.Payloads.packetize;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What x264 and libaom encode: 30 frames of 320 x 180, of which the 1st and the 16th are key. */
class EncodedVideoTest {
  private static List<byte[]> frames(String mimeType) {
    return mimeType.equals("video/AV1") ? EncodedVideo.av1() : EncodedVideo.h264();
  }

  @ParameterizedTest
  @ValueSource(strings = {"video/AV1", "video/H264"})
  void keyFramesTellTheirSize(String mimeType) throws Exception {
    List<byte[]> frames = frames(mimeType);
    assertThat(frames).hasSize(30);
    for (int i = 0; i < 30; i++) {
      assertThat(frameInfo(mimeType, frames.get(i)))
          .as("frame %d", i)
          .isEqualTo(i % 15 == 0 ? new VideoFrameInfo(true, 320, 180) : VideoFrameInfo.DEPENDENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "video/AV1,40", "video/AV1,300", "video/AV1,1200",
    "video/H264,40", "video/H264,300", "video/H264,1200"
  })
  void framesComeBackFromTheirPayloads(String mimeType, int maxPayloadBytes) throws Exception {
    String fmtp = "packetization-mode=1";
    Packetizer packetizer =
        Objects.requireNonNull(PayloadFormats.packetizer(mimeType, fmtp, new Random(1)));
    Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, fmtp));
    for (byte[] frame : frames(mimeType)) {
      List<byte[]> payloads = packetize(packetizer, frame, maxPayloadBytes);
      boolean keyFrame = false;
      for (byte[] payload : payloads) {
        keyFrame |= depacketizer.describe(payload, 0, payload.length).keyFrame();
      }
      assertThat(keyFrame).isEqualTo(frameInfo(mimeType, frame).keyFrame());
      byte[] joined = depacketizer.join(payloads);
      assertThat(joined).isEqualTo(mimeType.equals("video/H264") ? longStartCodes(frame) : frame);
    }
  }

  /** GStreamer's payloads hold aggregates and fragments. */
  @Test
  void framesComeBackFromThePayloadsOfAnotherImplementation() throws Exception {
    Depacketizer depacketizer = depacketizer("video/H264");
    List<byte[]> joined = new ArrayList<>();
    Set<Integer> structures = new HashSet<>();
    for (List<byte[]> payloads : EncodedVideo.h264Payloads()) {
      joined.add(depacketizer.join(payloads));
      payloads.forEach(payload -> structures.add(H264NalUnits.type(payload[0])));
    }
    assertThat(structures).contains(H264Packetizer.STAP_A, H264Packetizer.FU_A);
    List<byte[]> frames = EncodedVideo.h264();
    assertThat(joined).hasSameSizeAs(frames);
    for (int i = 0; i < frames.size(); i++) {
      assertThat(joined.get(i)).as("frame %d", i).isEqualTo(longStartCodes(frames.get(i)));
    }
  }

  /** X264 writes start codes of four bytes before parameter sets only. */
  private static byte[] longStartCodes(byte[] frame) {
    H264NalUnits units = new H264NalUnits();
    units.read(frame);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < units.count(); i++) {
      stream.writeBytes(new byte[] {0, 0, 0, 1});
      stream.write(frame, units.start(i), units.bytes(i));
    }
    return stream.toByteArray();
  }
}
