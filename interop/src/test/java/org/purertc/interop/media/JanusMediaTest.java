package org.purertc.interop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.MediaKind;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnectionState;
import org.purertc.interop.network.NetworkNamespace;

/** Janus sends the RTP packets back that come, under an SSRC of its own; it always answers. */
@Tag("interop")
class JanusMediaTest {
  @TempDir private static Path directory;
  private static NetworkNamespace network;
  private static PeerConnectionFactory factory;
  private static Janus janus;

  @BeforeAll
  static void open() throws IOException {
    network = new NetworkNamespace();
    factory = PeerConnectionFactory.builder().build();
    janus = new Janus(network, directory);
  }

  @AfterAll
  static void close() {
    factory.close();
    if (janus != null) {
      janus.close();
    }
    network.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264"})
  void framesComeBackByteForByte(String codec) {
    EncodedFrames video = codec.equals("VP8") ? EncodedFrames.vp8() : EncodedFrames.h264();
    EncodedFrames audio = EncodedFrames.opus();
    Janus.Echo echo = janus.new Echo();
    try (MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(video);
      java.play(audio);
      java.offerChannel();
      java.apply(echo.answer(java.describe(false), codec));
      assertThat(java.awaitFrames(MediaKind.VIDEO, 15))
          .allMatch(frame -> frame.mimeType().equals(video.mimeType()))
          .allMatch(frame -> video.contain(frame.data()));
      assertThat(java.received(MediaKind.VIDEO).get(0).keyFrame()).isTrue();
      assertThat(java.awaitFrames(MediaKind.AUDIO, 50))
          .allMatch(frame -> audio.contain(frame.data()));
      java.awaitAnswer("beside media", "Janus EchoTest here! You wrote: beside media");
      java.connection().close();
      echo.awaitEvent("hangup");
    }
  }

  @Test
  void keyFrameRequestsGoThroughJanusAndBack() {
    EncodedFrames video = EncodedFrames.vp8();
    Janus.Echo echo = janus.new Echo();
    try (MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      Player player = java.play(video);
      java.apply(echo.answer(java.describe(false), "vp8"));
      java.awaitFrames(MediaKind.VIDEO, 5);
      int before = player.keyFrameRequests();
      java.remoteTrack(MediaKind.VIDEO).requestKeyFrame();
      java.await("request of a key frame", () -> player.keyFrameRequests() > before);
      assertThat(java.sum("outbound-rtp", MediaKind.VIDEO, "pliCount")).isPositive();
      echo.hangUp();
      java.await(
          "end", () -> java.connection().connectionState() != RTCPeerConnectionState.CONNECTED);
    }
  }
}
