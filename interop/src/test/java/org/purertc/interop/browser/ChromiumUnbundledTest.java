package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCBundlePolicy;
import org.purertc.RTCConfiguration;
import org.purertc.RTCRtpTransceiverDirection;
import org.purertc.RTCSessionDescription;
import org.purertc.RTCStats;

/**
 * Chromium without BUNDLE: the group is taken out of its offer, so that there is none in the answer
 * either, and each section has its own ICE, DTLS and SRTP on both sides.
 */
class ChromiumUnbundledTest extends BrowserCall {
  private static final String OFFER =
      "const d = await localDescription(false);"
          + "return {type: d.type, sdp: d.sdp.replace(/a=group:BUNDLE.*\\r\\n/, '')}";

  private static final PeerConnectionFactory FACTORY = PeerConnectionFactory.builder().build();
  private static final RTCConfiguration CONFIGURATION =
      RTCConfiguration.builder().bundlePolicy(RTCBundlePolicy.MAX_COMPAT).build();

  @AfterAll
  static void closeFactory() {
    FACTORY.close();
  }

  @Override
  Browser start() {
    return new Chromium();
  }

  @Test
  void soundPictureAndDataHaveTransportsOfTheirOwn() {
    java.close();
    java = FACTORY.createPeerConnection(CONFIGURATION);
    java.onTrack(
        event -> {
          event.transceiver().direction(RTCRtpTransceiverDirection.SENDRECV);
          var unused = event.transceiver().sender().replaceTrack(event.track());
        });
    browser.meet(java, false);
    browser.run("newPeer(false, {bundlePolicy: 'max-compat'})");
    java.onDataChannel(channel -> channel.onMessage(message -> channel.send(message.text())));
    browser.run("await addMedia('audio', {hertz: " + HERTZ + "})");
    browser.run("await addMedia('video', {}); create('data', {})");
    browser.describeJava(java, browser.run(OFFER));
    BrowserPeer.get(java.setLocalDescription());
    RTCSessionDescription answer = BrowserPeer.get(java.gatheringComplete());
    assertThat(answer.sdp()).doesNotContain("a=group:BUNDLE", "m=video 0", "m=application 0");
    BrowserPeer.get(browser.describePage(answer, ""));
    browser.awaitState("connected");
    toneComesBack(0, HERTZ);
    pictureComesBack(1);
    browser.await("open", event -> true);
    browser.run("channels['data'].send('there and back')");
    JsonNode back = browser.await("message", event -> true);
    assertThat(back.get("text").asText()).isEqualTo("there and back");
    assertThat(BrowserPeer.get(java.getStats()).ofType("transport"))
        .hasSize(3)
        .allMatch(each -> each.text("dtlsState").equals("connected"))
        .extracting((RTCStats each) -> each.longValue("packetsReceived"))
        .allMatch(packets -> packets > 0);
    JsonNode page =
        browser.run(
            "return new Set([...pc.getSenders().map((s) => s.transport), pc.sctp.transport]).size");
    assertThat(page.asInt()).isEqualTo(3);
  }
}
