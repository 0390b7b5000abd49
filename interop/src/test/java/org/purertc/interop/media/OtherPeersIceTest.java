package org.purertc.interop.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.MediaKind;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCIceRole;
import org.purertc.RTCIceTransport;
import org.purertc.RTCIceTransportPolicy;
import org.purertc.interop.cli.PionProgram;
import org.purertc.interop.cli.Program;
import org.purertc.interop.cli.PythonProgram;
import org.purertc.interop.network.NetworkNamespace;
import org.purertc.interop.turn.Coturn;

/** ICE of other peers: with ours behind a relay, and with ours as ICE-lite. */
@Tag("interop")
class OtherPeersIceTest {
  @TempDir private static Path directory;
  private static NetworkNamespace network;
  private static PionProgram pion;
  private static Janus janus;

  @BeforeAll
  static void open() throws IOException {
    network = new NetworkNamespace();
    pion = PionProgram.build(directory);
    janus = new Janus(network, Files.createDirectory(directory.resolve("janus")));
  }

  @AfterAll
  static void close() {
    if (janus != null) {
      janus.close();
    }
    network.close();
  }

  private static Program start(String peer) {
    return switch (peer) {
      case "pion" -> pion.start(List.of("answer"));
      case "aiortc" -> PythonProgram.start("/aiortc/peer.py", network, "answer");
      default -> PythonProgram.start("/gstreamer/peer.py", network, "answer");
    };
  }

  /** Pion has loopback alone, the others all but that. */
  private static PeerConnectionFactory.Builder factory(String peer) {
    PeerConnectionFactory.Builder builder = PeerConnectionFactory.builder();
    return peer.equals("pion") ? builder.loopbackOnly() : builder;
  }

  private static void assertTalks(MediaPeer java, String peer) {
    if (peer.equals("Janus")) {
      java.play(EncodedFrames.opus());
      java.offerChannel();
      java.apply(janus.new Echo().answer(java.describe(false), "vp8"));
      java.awaitFrames(MediaKind.AUDIO, 20);
    } else {
      Program other = start(peer);
      try (other) {
        java.meet(other, true, false);
        java.awaitEcho("there and back");
      }
    }
  }

  private static RTCIceTransport ice(MediaPeer java) {
    return java.connection().sctp().transport().iceTransport();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pion", "aiortc", "GStreamer", "Janus"})
  void reachOursThroughARelay(String peer) throws Exception {
    String address = peer.equals("pion") ? "127.0.0.1" : network.outside();
    Path files = Files.createDirectory(directory.resolve("coturn-" + peer));
    try (Coturn server = Coturn.longTermAt(address, files);
        PeerConnectionFactory factory = factory(peer).build()) {
      RTCConfiguration relayOnly =
          RTCConfiguration.builder()
              .iceServer(server.url("turn", ""), Coturn.USER, Coturn.PASSWORD)
              .iceTransportPolicy(RTCIceTransportPolicy.RELAY)
              .build();
      try (MediaPeer java = new MediaPeer(factory, relayOnly)) {
        assertTalks(java, peer);
        assertThat(ice(java).getSelectedCandidatePair().local().type()).isEqualTo("relay");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pion", "GStreamer", "Janus"})
  void controlOursThatIsLite(String peer) {
    try (PeerConnectionFactory factory = factory(peer).iceLite().build();
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT)) {
      assertTalks(java, peer);
      assertThat(ice(java).role()).isEqualTo(RTCIceRole.CONTROLLED);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void pionThatIsLiteIsControlledWhoeverOffers(boolean javaOffers) {
    try (PeerConnectionFactory factory = factory("pion").build();
        MediaPeer java = new MediaPeer(factory, RTCConfiguration.DEFAULT);
        Program other = pion.start(List.of(javaOffers ? "answer" : "offer", "lite"))) {
      java.meet(other, javaOffers, false);
      java.awaitEcho("there and back");
      assertThat(java.connection().remoteDescription().sdp()).contains("a=ice-lite");
      assertThat(ice(java).role()).isEqualTo(RTCIceRole.CONTROLLING);
    }
  }
}
