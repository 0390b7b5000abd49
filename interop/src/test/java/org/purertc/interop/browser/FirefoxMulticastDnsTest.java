package org.purertc.interop.browser;

import org.purertc.interop.network.NetworkNamespace;

class FirefoxMulticastDnsTest extends BrowserMulticastDnsTest {
  @Override
  Browser start(NetworkNamespace inside) {
    return new Firefox(inside);
  }
}
