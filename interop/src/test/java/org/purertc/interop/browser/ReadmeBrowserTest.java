package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCSdpType;
import org.purertc.RTCSessionDescription;
import org.purertc.interop.docs.Readme;

/** README's JavaScript runs in a browser, README's sentence about the Java side answers it. */
@Tag("interop")
class ReadmeBrowserTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theBrowsersSideConnects() {
    try (var java = new RTCPeerConnection();
        var chromium = new Chromium();
        var server = new PageServer(chromium.serverHost())) {
      var greeting = new CompletableFuture<String>();
      java.onDataChannel(channel -> channel.onMessage(m -> greeting.complete(m.text())));
      server.handle("/offer", offer -> answer(java, offer));
      chromium.open(server.url());
      BrowserPeer.get(server.run(Readme.firstBlock("js")));
      assertThat(BrowserPeer.get(greeting)).isEqualTo("hello from the browser");
    }
  }

  private static String answer(RTCPeerConnection java, String offer) {
    try {
      JsonNode sdp = JSON.readTree(offer).get("sdp");
      java.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, sdp.asText()));
      java.setLocalDescription();
      RTCSessionDescription answer = BrowserPeer.get(java.gatheringComplete());
      ObjectNode json = JSON.createObjectNode();
      return json.put("type", answer.type().toString()).put("sdp", answer.sdp()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
