package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCPeerConnectionState;

class FirefoxLiteTest extends BrowserLiteTest {
  @Override
  Browser start() {
    return new Firefox();
  }

  /** The second does not wait for a pair of the first; a side that checks may lose Firefox then. */
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
