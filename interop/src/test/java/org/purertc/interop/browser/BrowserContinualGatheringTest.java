package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCIceGatheringState;
import org.purertc.RTCPeerConnectionState;
import org.purertc.interop.network.NetworkNamespace;

/**
 * The addresses of our host change and the browser is told by {@code icecandidate}, without a
 * restart where it listens; the same for each browser.
 */
abstract class BrowserContinualGatheringTest extends BrowserCall {
  private final NetworkNamespace network = new NetworkNamespace();

  /** The browser in this network, which it closes. */
  abstract Browser start(NetworkNamespace inside);

  /** If not, only a restart tells it of a new address. */
  abstract boolean takesCandidatesAfterTheEnd();

  @Override
  Browser start() {
    network.addDefaultRoute();
    return start(network);
  }

  @Override
  PeerConnectionFactory.Builder factory() {
    // The page comes from an address that stays, and that is not for ICE.
    return PeerConnectionFactory.builder()
        .interfaceFilter(network.cable()::equals)
        .localAddressFilter(address -> !address.getHostAddress().equals(network.outside()))
        .networkWatchInterval(Duration.ofMillis(100))
        .gatherContinually();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void dataMovesToTheNewAddressWhenTheOldOneGoes(boolean javaOffers) {
    String before = network.addOutside(javaOffers ? 3 : 5);
    browser.meet(java, true);
    openChannel(javaOffers);
    textComesBack("over the first address");
    assertThat(localAddress()).isEqualTo(before);
    CompletableFuture<Void> gatheredAgain = new CompletableFuture<>();
    java.onIceGatheringStateChange(
        state -> {
          if (state == RTCIceGatheringState.COMPLETE) {
            gatheredAgain.complete(null);
          }
        });
    String after = network.addOutside(javaOffers ? 4 : 6);
    BrowserPeer.get(gatheredAgain);
    if (takesCandidatesAfterTheEnd()) {
      browser.run("await awaitRemoteCandidate(" + BrowserPeer.quoted(after) + ")");
    }
    network.removeOutside(before);
    if (!takesCandidatesAfterTheEnd()) {
      java.restartIce();
      browser.javaOffers(true);
    }
    textComesBack("over the second address");
    assertThat(localAddress()).isEqualTo(after);
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
    network.removeOutside(after);
  }

  private String localAddress() {
    return java.sctp().transport().iceTransport().getSelectedCandidatePair().local().address();
  }
}
