package org.purertc.interop.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.EncodedFrame;
import org.purertc.MediaKind;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.interop.cli.Program;
import org.purertc.interop.cli.PythonProgram;
import org.purertc.interop.network.NetworkNamespace;

/**
 * Debian's aiortc decodes what Java sends and sends it back encoded again. It only answers: offers
 * of this version use one header extension id for two extensions, over which aiortc itself falls.
 */
@Tag("interop")
class AiortcMediaTest {
  private static NetworkNamespace network;
  private static PeerConnectionFactory factory;

  @BeforeAll
  static void open() {
    network = new NetworkNamespace();
    factory = PeerConnectionFactory.builder().build();
  }

  @AfterAll
  static void close() {
    factory.close();
    network.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264"})
  void decodesAndEncodesAgain(String codec) {
    EncodedFrames video = codec.equals("VP8") ? EncodedFrames.vp8() : EncodedFrames.h264();
    try (Program aiortc = PythonProgram.start("/aiortc/peer.py", network, "answer");
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(video);
      java.play(EncodedFrames.opus());
      java.offerOnly(MediaKind.VIDEO, video.mimeType());
      java.meet(aiortc, true, false);
      aiortc.await("\"kind\": \"video\", \"count\": 20, \"size\": \"320x180\"");
      assertThat(java.awaitFrames(MediaKind.VIDEO, 20))
          .allMatch(frame -> frame.mimeType().equalsIgnoreCase(video.mimeType()));
      assertThat(java.received(MediaKind.VIDEO).get(0).keyFrame()).isTrue();
      assertThat(java.awaitFrames(MediaKind.AUDIO, 50))
          .allMatch(frame -> frame.durationUs() == 20_000);
      java.awaitEcho("beside media");
      int seen = java.received(MediaKind.VIDEO).size();
      java.remoteTrack(MediaKind.VIDEO).requestKeyFrame();
      java.await(
          "key frame",
          () ->
              java.received(MediaKind.VIDEO).stream().skip(seen).anyMatch(EncodedFrame::keyFrame));
      java.connection().close();
      aiortc.await("\"name\": \"ended\"");
    }
  }
}
