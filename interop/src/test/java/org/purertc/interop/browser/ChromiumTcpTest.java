package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;

/** Chromium opens a TCP connection to Java's port when neither side knows a UDP candidate. */
@Tag("interop")
class ChromiumTcpTest {

  private static final int MESSAGES = 80;
  private static final int MESSAGE_BYTES = 50_000;

  private static final String ECHO =
      "const bytes = new Uint8Array("
          + MESSAGE_BYTES
          + "); const channel = channels.echo;"
          + "return await new Promise(resolve => { let back = 0;"
          + "channel.quiet = data => { back += data.byteLength;"
          + "if (back === "
          + MESSAGES * MESSAGE_BYTES
          + ") resolve(back); };"
          + "for (let i = 0; i < "
          + MESSAGES
          + "; i++) channel.send(bytes); });";

  private static final String SELECTED_PROTOCOLS =
      "const report = await pc.getStats(); const protocols = [];"
          + "for (const transport of report.values()) if (transport.type === 'transport') {"
          + "const pair = report.get(transport.selectedCandidatePairId);"
          + "protocols.push(report.get(pair.localCandidateId).protocol);"
          + "protocols.push(report.get(pair.remoteCandidateId).protocol); }"
          + "return protocols";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void someMegabytesComeBackOverTcp(boolean javaOffers) throws Exception {
    try (var factory = PeerConnectionFactory.builder().tcpPort(freePort()).build();
        var browser = new BrowserPeer(new Chromium());
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      java.onDataChannel(channel -> channel.onMessage(message -> channel.send(message.bytes())));
      browser.meet(java, false);
      if (javaOffers) {
        java.createDataChannel("carries the offer's section");
        javaOffers(browser, java);
        browser.run("create('echo', {})");
      } else {
        browser.run("create('echo', {})");
        browserOffers(browser, java);
      }
      browser.await("open", event -> event.get("label").asText().equals("echo"));
      assertThat(browser.run(ECHO).asInt()).isEqualTo(MESSAGES * MESSAGE_BYTES);
      assertThat(browser.run(SELECTED_PROTOCOLS))
          .extracting(JsonNode::asText)
          .isEqualTo(List.of("tcp", "tcp"));
    }
  }

  private static void javaOffers(BrowserPeer browser, RTCPeerConnection java) {
    JsonNode answer =
        BrowserPeer.get(browser.describePage(local(java), "return localDescription(false)"));
    BrowserPeer.get(java.setRemoteDescription(withoutUdp(answer)));
  }

  private static void browserOffers(BrowserPeer browser, RTCPeerConnection java) {
    JsonNode offer = browser.run("return localDescription(false)");
    BrowserPeer.get(java.setRemoteDescription(withoutUdp(offer)));
    BrowserPeer.get(browser.describePage(local(java), ""));
  }

  private static RTCSessionDescription local(RTCPeerConnection java) {
    RTCSessionDescription bare = BrowserPeer.get(java.setLocalDescription());
    String sdp = withoutUdp(BrowserPeer.get(java.gatheringComplete()).sdp());
    assertThat(sdp).contains("tcptype passive");
    return new RTCSessionDescription(bare.type(), sdp);
  }

  private static RTCSessionDescription withoutUdp(JsonNode description) {
    String sdp = withoutUdp(description.get("sdp").asText());
    boolean offer = description.get("type").asText().equals("offer");
    return new RTCSessionDescription(offer ? RTCSdpType.OFFER : RTCSdpType.ANSWER, sdp);
  }

  private static String withoutUdp(String sdp) {
    return sdp.lines()
        .filter(line -> !line.startsWith("a=candidate:") || !line.contains(" udp "))
        .collect(Collectors.joining("\r\n", "", "\r\n"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
