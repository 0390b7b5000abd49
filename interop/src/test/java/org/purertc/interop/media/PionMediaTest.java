package org.purertc.interop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.MediaKind;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCBundlePolicy;
import org.purertc.RTCConfiguration;
import org.purertc.interop.cli.PionProgram;
import org.purertc.interop.cli.Program;

/** Pion sends the RTP packets back that come: the frames are the same, byte for byte. */
@Tag("interop")
class PionMediaTest {
  @TempDir private static Path directory;
  private static PionProgram pion;
  private static PeerConnectionFactory factory;

  @BeforeAll
  static void build() {
    pion = PionProgram.build(directory);
    factory = PeerConnectionFactory.builder().loopbackOnly().build();
  }

  @AfterAll
  static void close() {
    factory.close();
  }

  @ParameterizedTest
  @EnumSource(RTCBundlePolicy.class)
  void takesOffersOfEachBundlePolicy(RTCBundlePolicy policy) {
    RTCConfiguration configuration = RTCConfiguration.builder().bundlePolicy(policy).build();
    try (Program other = start(true, "video/VP8", "audio/opus");
        MediaPeer java = new MediaPeer(factory, configuration)) {
      java.play(EncodedFrames.opus());
      java.play(EncodedFrames.vp8());
      java.meet(other, true, true);
      java.awaitFrames(MediaKind.VIDEO, 5);
      java.awaitFrames(MediaKind.AUDIO, 5);
      java.awaitEcho("beside media");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, VP8", "true, H264", "false, VP8", "false, H264"})
  void framesComeBackByteForByte(boolean javaOffers, String codec) {
    EncodedFrames video = codec.equals("VP8") ? EncodedFrames.vp8() : EncodedFrames.h264();
    EncodedFrames audio = EncodedFrames.opus();
    try (Program other = start(javaOffers, video.mimeType(), audio.mimeType());
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(video);
      java.play(audio);
      java.meet(other, javaOffers, true);
      assertThat(java.awaitFrames(MediaKind.VIDEO, 15))
          .allMatch(frame -> frame.mimeType().equals(video.mimeType()))
          .allMatch(frame -> video.contain(frame.data()));
      assertThat(java.received(MediaKind.VIDEO).get(0).keyFrame()).isTrue();
      assertThat(java.awaitFrames(MediaKind.AUDIO, 50))
          .allMatch(frame -> audio.contain(frame.data()));
      java.awaitEcho("beside media");
      other.type("{\"type\":\"close\"}");
      assertThat(other.exitCode()).as("%s", other).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keyFrameRequestsGoThroughPionAndBack(boolean javaOffers) {
    EncodedFrames video = EncodedFrames.vp8();
    try (Program other = start(javaOffers, video.mimeType());
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      Player player = java.play(video);
      java.meet(other, javaOffers, true);
      java.awaitFrames(MediaKind.VIDEO, 5);
      int before = player.keyFrameRequests();
      java.remoteTrack(MediaKind.VIDEO).requestKeyFrame();
      other.await("keyframerequest");
      java.await("request of a key frame", () -> player.keyFrameRequests() > before);
      assertThat(java.sum("inbound-rtp", MediaKind.VIDEO, "pliCount")).isPositive();
      assertThat(java.sum("outbound-rtp", MediaKind.VIDEO, "pliCount")).isPositive();
      java.connection().close();
      other.await("\"kind\":\"video\",\"name\":\"ended\"");
    }
  }

  private Program start(boolean javaOffers, String... options) {
    List<String> arguments = new ArrayList<>(List.of(javaOffers ? "answer" : "offer"));
    arguments.addAll(List.of(options));
    return pion.start(arguments);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lossIsRepairedBothWays(boolean javaOffers) {
    EncodedFrames video = EncodedFrames.vp8();
    try (Program other = start(javaOffers, "lossy", video.mimeType());
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(video);
      java.meet(other, javaOffers, true);
      assertThat(java.awaitFrames(MediaKind.VIDEO, 30))
          .allMatch(frame -> video.contain(frame.data()));
      assertThat(java.sum("inbound-rtp", MediaKind.VIDEO, "nackCount")).isPositive();
      assertThat(java.sum("inbound-rtp", MediaKind.VIDEO, "retransmittedPacketsReceived"))
          .isPositive();
      assertThat(java.sum("outbound-rtp", MediaKind.VIDEO, "nackCount")).isPositive();
      assertThat(java.sum("outbound-rtp", MediaKind.VIDEO, "retransmittedPacketsSent"))
          .isPositive();
    }
  }
}
