package org.purertc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.purertc.ice.sim.SimNetwork;

/** docs/ice.md: each of its programs is in {@link IceGuide}, and does what is said there. */
class IceGuideTest {

  @Test
  void theDocumentShowsTheseMethods() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "."));
    String source = Files.readString(module.resolve("src/test/java/org/purertc/IceGuide.java"));
    String document = Files.readString(module.resolve("../docs/ice.md"));
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(document);
    int blocks = 0;
    while (block.find()) {
      blocks++;
      assertThat(source.replaceAll("(?m)^  ", "")).contains(block.group(1));
    }
    assertThat(blocks).isGreaterThanOrEqualTo(9);
  }

  @Test
  void serversAreAccepted() throws Exception {
    RTCConfiguration servers = IceGuide.servers("1767225600:alice", "secret");
    assertThat(servers.iceServers()).hasSize(3);
    try (var factory = PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
        var peer = factory.createPeerConnection(servers)) {
      assertThat(peer.iceConnectionState()).isEqualTo(RTCIceConnectionState.NEW);
    }
  }

  /** Nobody listens on the discard port: relay only has no candidate and says why. */
  @Test
  void aServerThatCannotBeReachedIsReported() throws Exception {
    RTCConfiguration relay =
        IceGuide.relayOnly("turn:127.0.0.1:9?transport=tcp", "alice", "secret");
    var reported = new CompletableFuture<String>();
    try (var factory = PeerConnectionFactory.builder().loops(1).loopbackOnly().build();
        var peer = factory.createPeerConnection(relay)) {
      IceGuide.report(peer, reported::complete);
      peer.createDataChannel("any");
      peer.setLocalDescription().get(10, TimeUnit.SECONDS);
      String sdp = peer.gatheringComplete().get(20, TimeUnit.SECONDS).sdp();
      assertThat(sdp).doesNotContain("a=candidate");
      assertThat(reported.get(20, TimeUnit.SECONDS)).contains("turn:127.0.0.1:9", ": 701 ");
    }
  }

  @Test
  void theFactoriesCanBeBuilt() {
    try (var server = IceGuide.server(3478, "203.0.113.7");
        var careful = IceGuide.careful();
        var patient = IceGuide.patient();
        var lite = IceGuide.lite(3478)) {
      assertThat(List.of(server, careful, patient, lite)).doesNotContainNull();
    }
  }

  @Test
  void aLostPathIsRestartedAndThePathIsShown() {
    MediaCall call = new MediaCall(SimNetwork.with(1).delayMs(10));
    RTCDataChannel unused = call.a.createDataChannel("any");
    call.negotiated();
    assertThat(IceGuide.path(call.result(call.a.getStats()))).startsWith("host to host, 2");
    IceGuide.restartWhenLost(call.a);
    boolean[] needed = {false};
    call.a.onNegotiationNeeded(() -> needed[0] = true);
    call.pair.network.cut();
    call.pair.runMs(12_000);
    assertThat(call.a.connectionState()).isEqualTo(RTCPeerConnectionState.DISCONNECTED);
    assertThat(needed[0]).isTrue();
    call.pair.network.restore();
    String before = call.a.localDescription().sdp();
    call.negotiated();
    assertThat(call.a.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    assertThat(call.a.localDescription().sdp()).isNotEqualTo(before);
    call.end();
  }
}
