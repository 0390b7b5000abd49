package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.purertc.RTCBundlePolicy;
import org.purertc.RTCConfiguration;
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

  private static final RTCConfiguration CONFIGURATION =
      RTCConfiguration.builder().bundlePolicy(RTCBundlePolicy.MAX_COMPAT).build();

  @Override
  Browser start() {
    return new Chromium();
  }

  @Test
  void soundPictureAndDataHaveTransportsOfTheirOwn() {
    newPeer(CONFIGURATION);
    java.onDataChannel(BrowserCall::echo);
    browser.meet(java, false, "{bundlePolicy: 'max-compat'}");
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
    browser.await("open");
    textComesBack("there and back");
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
