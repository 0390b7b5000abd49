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
import org.purertc.interop.cli.LibWebRtcProgram;
import org.purertc.interop.cli.Program;
import org.purertc.interop.network.NetworkNamespace;

/** libwebrtc in a JVM of its own decodes what Java sends and sends it back encoded again. */
@Tag("interop")
class LibWebRtcMediaTest {
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
  void decodesAndEncodesAgain(boolean javaOffers) {
    String side = javaOffers ? "--answer" : "--offer";
    try (Program other = LibWebRtcProgram.start(network, "connect", side, "--video");
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      java.play(EncodedFrames.vp8());
      java.meet(other, javaOffers, true);
      other.await("\"decoded\",\"count\":\"20\"");
      assertThat(java.awaitFrames(MediaKind.VIDEO, 20))
          .allMatch(frame -> frame.mimeType().equals("video/VP8"));
      assertThat(java.received(MediaKind.VIDEO).get(0).keyFrame()).isTrue();
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
