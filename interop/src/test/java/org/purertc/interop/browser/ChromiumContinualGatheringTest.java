package org.purertc.interop.browser;

import org.purertc.interop.network.NetworkNamespace;

class ChromiumContinualGatheringTest extends BrowserContinualGatheringTest {
  @Override
  Browser start(NetworkNamespace inside) {
    return new ChromiumInNamespace(inside);
  }

  @Override
  boolean takesCandidatesAfterTheEnd() {
    return true;
  }
}
