package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceGatheringState;
import org.purertc.RTCSessionDescription;

/**
 * RFC 8838: full trickle, half trickle from either side, and none, with the end of the candidates
 * told on the way that they take. The same for each browser.
 */
abstract class BrowserTrickleTest extends BrowserCall {
  private static final String SDP_OF_JAVA = "return pc.remoteDescription.sdp";

  private RTCDataChannel channel;
  private final List<String> gathered = new CopyOnWriteArrayList<>();

  private void meet(boolean javaTrickles, boolean pageTrickles) {
    gathered.clear();
    java.onIceGatheringStateChange(state -> gathered.add(state.toString()));
    browser.meet(java, true);
    if (!javaTrickles) {
      java.onIceCandidate(null);
    }
    if (!pageTrickles) {
      browser.run("pc.onicecandidate = null");
    }
    channel = java.createDataChannel("data");
  }

  private RTCSessionDescription describe(boolean trickles) {
    RTCSessionDescription description = BrowserPeer.get(java.setLocalDescription());
    return trickles ? description : BrowserPeer.get(java.gatheringComplete());
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, true",
    "false, true, true",
    "true, false, true",
    "false, true, false",
    "true, false, false"
  })
  void bothSidesLearnAllCandidatesAndTheirEnd(
      boolean javaOffers, boolean javaTrickles, boolean pageTrickles) {
    meet(javaTrickles, pageTrickles);
    String described = "return localDescription(" + pageTrickles + ")";
    if (javaOffers) {
      JsonNode answer = BrowserPeer.get(browser.describePage(describe(javaTrickles), described));
      browser.describeJava(java, answer);
    } else {
      browser.run("create('hello', {})");
      browser.describeJava(java, browser.run(described));
      BrowserPeer.get(browser.describePage(describe(javaTrickles), ""));
    }
    BrowserPeer.get(channel.opened());
    browser.await(
        "icegatheringstatechange", event -> event.get("state").asText().equals("complete"));
    BrowserPeer.get(java.gatheringComplete());
    assertThat(gathered).containsExactly("gathering", "complete");
    assertThat(java.iceGatheringState()).isEqualTo(RTCIceGatheringState.COMPLETE);
    assertThat(ports(browser.run(SDP_OF_JAVA).asText()))
        .containsExactlyInAnyOrderElementsOf(ports(java.localDescription().sdp()));
    String ofPage = java.remoteDescription().sdp();
    assertThat(ports(ofPage))
        .containsExactlyInAnyOrderElementsOf(
            ports(browser.run("return pc.localDescription.sdp").asText()));
    if (pageTrickles) { // Chromium does not say so in a description
      assertThat(ofPage.lines()).contains("a=end-of-candidates");
    }
  }

  /** Of all candidates, as browsers write the rest of them in their own way. */
  private static List<String> ports(String sdp) {
    return sdp.lines()
        .filter(line -> line.startsWith("a=candidate:"))
        .map(line -> line.split(" ")[5])
        .distinct()
        .toList();
  }
}
