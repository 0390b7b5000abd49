package org.purertc.interop.browser;

import org.purertc.interop.network.NetworkNamespace;

class FirefoxContinualGatheringTest extends BrowserContinualGatheringTest {
  @Override
  Browser start(NetworkNamespace inside) {
    return new Firefox(inside);
  }

  @Override
  boolean takesCandidatesAfterTheEnd() {
    return false;
  }
}
