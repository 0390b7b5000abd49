package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;

/** ICE restarts between Java and Chromium, from each side, with a data channel that goes on. */
@Tag("interop")
class ChromiumIceRestartTest {

  private static final String UFRAG =
      "return /a=ice-ufrag:(\\S+)/.exec(pc.localDescription.sdp)[1]";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theChannelGoesOnOverARestart(boolean javaRestarts) throws Exception {
    try (var factory = PeerConnectionFactory.builder().build();
        var browser = new BrowserPeer(new Chromium());
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      browser.meet(java, false);
      BlockingQueue<String> received = new LinkedBlockingQueue<>();
      RTCDataChannel channel = java.createDataChannel("chat");
      channel.onMessage(message -> received.add(message.text()));
      browser.javaOffers(false);
      BrowserPeer.get(channel.opened());
      String ofBrowser = browser.run(UFRAG).asText();
      String ofJava = ufrag(java);
      for (int round = 0; round < 3; round++) {
        if (javaRestarts) {
          java.restartIce();
          browser.javaOffers(false);
        } else {
          browser.run("pc.restartIce()");
          browser.browserOffers(false);
        }
        assertThat(browser.run(UFRAG).asText()).isNotEqualTo(ofBrowser);
        assertThat(ufrag(java)).isNotEqualTo(ofJava);
        ofBrowser = browser.run(UFRAG).asText();
        ofJava = ufrag(java);
        browser.run("channels.chat.send('after " + round + "')");
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("after " + round);
        channel.send("and back " + round);
        assertThat(browser.await("message").get("text").asText()).isEqualTo("and back " + round);
      }
      assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    }
  }

  private static String ufrag(RTCPeerConnection peer) {
    var local = peer.localDescription();
    assertThat(local).isNotNull();
    return local.sdp().lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().get();
  }
}
