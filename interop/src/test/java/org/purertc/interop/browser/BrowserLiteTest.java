package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.SocketException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCIceRole;
import org.purertc.RTCPeerConnectionState;

/**
 * A server with ICE-lite (RFC 8445 section 2.5) and one port for all; the browser makes the checks
 * and nominates, whoever offers. The same for each browser.
 */
abstract class BrowserLiteTest extends BrowserCall {

  @Override
  PeerConnectionFactory.Builder factory() {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return PeerConnectionFactory.builder().iceLite().udpPort(free.getLocalPort());
    } catch (SocketException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theBrowserControlsWhoeverOffers(boolean javaOffers) {
    browser.meet(java, true);
    openChannel(javaOffers);
    textComesBack("there and back");
    assertThat(java.localDescription().sdp()).contains("a=ice-lite");
    var ice = java.sctp().transport().iceTransport();
    assertThat(ice.role()).isEqualTo(RTCIceRole.CONTROLLED);
    assertThat(ice.getSelectedCandidatePair().local().type()).isEqualTo("host");
    assertThat(browser.run("return iceRole()").asText()).isEqualTo("controlling");
    browser.run("pc.restartIce()");
    browser.browserOffers(true);
    textComesBack("after the browser's restart");
    assertThat(ice.role()).isEqualTo(RTCIceRole.CONTROLLED);
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }

  /** The second does not wait for a pair of the first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataGoesOnOverTwoRestartsInARow(boolean javaRestarts) {
    browser.meet(java, true);
    openChannel(true);
    textComesBack("before");
    for (int i = 0; i < 2; i++) {
      if (javaRestarts) {
        java.restartIce();
        browser.javaOffers(true);
      } else {
        browser.run("pc.restartIce()");
        browser.browserOffers(true);
      }
    }
    textComesBack("after two restarts");
    browser.run("await awaitNewPair()");
    textComesBack("over the new pair");
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }
}
