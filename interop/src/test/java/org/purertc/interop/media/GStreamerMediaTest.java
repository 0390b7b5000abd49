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

/** Debian's webrtcbin decodes what Java sends, and sends VP8 and Opus of its own. */
@Tag("interop")
class GStreamerMediaTest {
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
  @ValueSource(booleans = {true, false})
  void decodesAndSends(boolean javaOffers) {
    String side = javaOffers ? "answer" : "offer";
    try (Program other = PythonProgram.start("/gstreamer/peer.py", network, side, "media");
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(EncodedFrames.vp8());
      java.play(EncodedFrames.opus());
      java.meet(other, javaOffers, true);
      java.awaitFrames(MediaKind.VIDEO, 20);
      other.await("\"decoded\", \"codec\": \"VP8\", \"count\": 20");
      other.await("\"decoded\", \"codec\": \"OPUS\"");
      assertThat(java.received(MediaKind.VIDEO))
          .allMatch(frame -> frame.mimeType().equals("video/VP8"));
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
      other.type("{\"type\":\"close\"}");
      assertThat(other.exitCode()).as("%s", other).isZero();
    }
  }
}
