package org.purertc.internal.rtp.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.internal.rtp.RtpCapture;
import org.purertc.internal.rtp.format.Depacketizer;
import org.purertc.internal.rtp.format.PayloadFormats;
import org.purertc.internal.util.SequenceUnwrapper;

/** Frames of all formats, from the packets that browsers sent. */
class BrowserFramesTest implements VideoFrameListener {
  private static final String CAPTURES =
      """
      chromium-vp8, 96, video/VP8
      chromium-vp9, 98, video/VP9
      chromium-h264, 108, video/H264
      chromium-h264-mode0, 114, video/H264
      chromium-av1, 45, video/AV1
      firefox-vp8, 120, video/VP8
      firefox-vp9, 121, video/VP9
      firefox-av1, 99, video/AV1
      """;

  private final List<AssembledFrame> frames = new ArrayList<>();
  private int keyFramesNeeded;

  @Override
  public void onFrame(AssembledFrame frame, long nowNs) {
    frames.add(frame);
  }

  @Override
  public void onKeyFrameNeeded(long nowNs) {
    keyFramesNeeded++;
  }

  private static List<BufferedPacket> packets(String capture, int payloadType) {
    SequenceUnwrapper sequences = null;
    SequenceUnwrapper timestamps = null;
    List<BufferedPacket> packets = new ArrayList<>();
    for (RtpCapture.Packet packet : RtpCapture.read(capture)) {
      if (sequences == null || timestamps == null) {
        sequences = new SequenceUnwrapper(16, packet.sequence());
        timestamps = new SequenceUnwrapper(32, packet.timestamp() & 0xffff_ffffL);
      }
      assertThat(packet.payloadType()).isEqualTo(payloadType);
      packets.add(
          new BufferedPacket(
              sequences.unwrap(packet.sequence()),
              timestamps.unwrap(packet.timestamp() & 0xffff_ffffL),
              packet.marker(),
              payloadType,
              packet.payload(),
              packet.arrivalNs()));
    }
    return packets;
  }

  private VideoFrameBuffer buffer(String mimeType) {
    Depacketizer depacketizer = Objects.requireNonNull(PayloadFormats.depacketizer(mimeType, ""));
    return new VideoFrameBuffer(90_000, VideoBufferLimits.DEFAULT, type -> depacketizer, this);
  }

  /**
   * As many as timestamps with a marker, the first one a key frame, and nothing waits or is asked.
   */
  private void assertEveryFrameCame(List<BufferedPacket> packets, VideoFrameBuffer buffer) {
    assertThat(frames)
        .extracting(AssembledFrame::timestamp)
        .containsExactlyElementsOf(
            packets.stream()
                .filter(BufferedPacket::marker)
                .map(BufferedPacket::timestamp)
                .sorted()
                .toList());
    assertThat(frames.get(0).keyFrame()).isTrue();
    assertThat(frames).hasSizeGreaterThan(20);
    assertThat(keyFramesNeeded).isZero();
    assertThat(buffer.counters().packetsDiscarded()).isZero();
  }

  @ParameterizedTest
  @CsvSource(textBlock = CAPTURES)
  void everyFrameComesOfPacketsInOrder(String capture, int payloadType, String mimeType) {
    List<BufferedPacket> packets = packets(capture, payloadType);
    VideoFrameBuffer buffer = buffer(mimeType);
    for (BufferedPacket packet : packets) {
      buffer.insert(packet, packet.arrivalNs());
    }
    assertEveryFrameCame(packets, buffer);
  }

  @ParameterizedTest
  @CsvSource(textBlock = CAPTURES)
  void everyFrameComesWhenNeighboursChangePlaces(String capture, int payloadType, String mimeType) {
    List<BufferedPacket> packets = packets(capture, payloadType);
    List<BufferedPacket> disordered = new ArrayList<>(packets);
    Random random = new Random(12);
    for (int i = 1; i + 1 < disordered.size(); i += 2 + random.nextInt(3)) {
      disordered.add(i, disordered.remove(i + 1));
    }
    VideoFrameBuffer buffer = buffer(mimeType);
    long nowNs = 0;
    for (BufferedPacket packet : disordered) {
      nowNs = Math.max(nowNs, packet.arrivalNs());
      buffer.insert(packet, nowNs);
    }
    assertEveryFrameCame(packets, buffer);
  }
}
