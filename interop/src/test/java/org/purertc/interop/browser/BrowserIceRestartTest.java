package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCDataChannel;
import org.purertc.RTCPeerConnection;
import org.purertc.RTCPeerConnectionState;

/** ICE restarts from each side, with a data channel that goes on; the same for each browser. */
abstract class BrowserIceRestartTest extends BrowserCall {
  private static final int ROUNDS = 3;
  private static final String UFRAG =
      "return /a=ice-ufrag:(\\S+)/.exec(pc.localDescription.sdp)[1]";

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private RTCDataChannel connect(boolean javaOffers) {
    received.clear();
    browser.meet(java, false);
    RTCDataChannel channel = java.createDataChannel("chat");
    channel.onMessage(message -> received.add(message.text()));
    if (javaOffers) {
      browser.javaOffers(false);
    } else {
      browser.run("create('any')");
      browser.browserOffers(false);
    }
    BrowserPeer.get(channel.opened());
    return channel;
  }

  private void assertTalks(RTCDataChannel channel, String text) throws InterruptedException {
    browser.run("channels.chat.send('" + text + "')");
    assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(text);
    channel.send("back " + text);
    assertThat(browser.await("message").get("text").asText()).isEqualTo("back " + text);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void theChannelGoesOnOverARestart(boolean javaOffers, boolean javaRestarts) throws Exception {
    RTCDataChannel channel = connect(javaOffers);
    String ofBrowser = browser.run(UFRAG).asText();
    String ofJava = ufrag(java);
    for (int round = 0; round < ROUNDS; round++) {
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
      assertTalks(channel, "after " + round);
      // Firefox stays on its first pair for ever when it restarts within a restart.
      browser.run("await awaitNewPair()");
    }
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataGoesOverTheOldPairWhileTheRestartIsUnderWay(boolean javaRestarts) throws Exception {
    RTCDataChannel channel = connect(true);
    if (javaRestarts) {
      java.restartIce();
      var offer = BrowserPeer.get(java.setLocalDescription());
      assertTalks(channel, "after the offer was made");
      BrowserPeer.get(browser.describePage(offer, ""));
      assertTalks(channel, "after the offer was applied");
      var answer = browser.run("return localDescription(false)");
      assertTalks(channel, "after the answer was made");
      browser.describeJava(java, answer);
    } else {
      var offer = browser.run("pc.restartIce(); return localDescription(false)");
      assertTalks(channel, "after the offer was made");
      browser.describeJava(java, offer);
      assertTalks(channel, "after the offer was applied");
      BrowserPeer.get(java.setLocalDescription());
      var answer = BrowserPeer.get(java.gatheringComplete());
      assertTalks(channel, "after the answer was made");
      BrowserPeer.get(browser.describePage(answer, ""));
    }
    assertTalks(channel, "after the restart");
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }

  private static String ufrag(RTCPeerConnection peer) {
    var local = peer.localDescription();
    assertThat(local).isNotNull();
    return local.sdp().lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().get();
  }
}
