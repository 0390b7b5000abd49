package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCDataChannel;
import org.purertc.RTCIceCandidate;
import org.purertc.RTCIceCandidatePair;
import org.purertc.RTCPeerConnection;
import org.purertc.interop.network.NetworkNamespace;

/**
 * A browser with its default settings on a network with multicast: it tells names instead of its
 * addresses, and finds those of ours.
 */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserMulticastDnsTest {
  private static final String NAME = "[0-9a-f-]{36}\\.local";

  private NetworkNamespace network;
  private BrowserPeer browser;

  /** The browser in this network, which it closes. */
  abstract Browser start(NetworkNamespace inside);

  @BeforeAll
  void open() {
    network = new NetworkNamespace();
    network.addDefaultRoute();
    browser = new BrowserPeer(start(network));
  }

  @AfterAll
  void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private PeerConnectionFactory.Builder factory() {
    // No multicast into the other networks of this machine.
    return PeerConnectionFactory.builder().interfaceFilter(network.cable()::equals);
  }

  private void connect(RTCPeerConnection java, boolean javaOffers) {
    RTCDataChannel channel = java.createDataChannel("chat");
    if (javaOffers) {
      browser.javaOffers(true);
    } else {
      browser.run("create('any')");
      browser.browserOffers(true);
    }
    BrowserPeer.get(channel.opened());
  }

  private static RTCIceCandidatePair selected(RTCPeerConnection java) {
    return java.sctp().transport().iceTransport().getSelectedCandidatePair();
  }

  /** The browser is told no candidate of ours, so that it cannot check before our first check. */
  @Test
  void findsTheAddressOfTheBrowser() {
    try (PeerConnectionFactory factory = factory().build();
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      browser.meet(java, true);
      java.onIceCandidate(null);
      connect(java, true);
      RTCIceCandidate remote = selected(java).remote();
      assertThat(remote.type()).hasToString("host");
      assertThat(remote.address()).matches(NAME);
      assertThat(java.remoteDescription().sdp()).doesNotContain(network.inside());
    }
  }

  /** We are told no candidate of the browser, so that we cannot check before its first check. */
  @Test
  void isFoundByTheBrowser() {
    try (PeerConnectionFactory factory = factory().hideLocalAddresses().build();
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      browser.meet(java, true);
      browser.run("pc.onicecandidate = null");
      connect(java, true);
      assertThat(selected(java).local().address()).matches(NAME);
      assertThat(selected(java).remote().type()).hasToString("prflx");
      assertThat(java.localDescription().sdp()).doesNotContain(network.outside());
      assertThat(remoteCandidateOfBrowser().get("candidateType").asText()).isEqualTo("host");
    }
  }

  @Test
  void connectsWithBothSidesHidden() {
    try (PeerConnectionFactory factory = factory().hideLocalAddresses().build();
        RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT)) {
      browser.meet(java, true);
      connect(java, false);
      assertThat(selected(java).local().address()).matches(NAME);
      assertThat(browser.refusedCandidates()).isEmpty();
    }
  }

  private JsonNode remoteCandidateOfBrowser() {
    return browser.run("return (await nominatedPair()).remote");
  }
}
