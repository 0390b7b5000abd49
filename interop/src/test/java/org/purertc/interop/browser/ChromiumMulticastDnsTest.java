package org.purertc.interop.browser;

import org.purertc.interop.network.NetworkNamespace;

class ChromiumMulticastDnsTest extends BrowserMulticastDnsTest {
  @Override
  Browser start(NetworkNamespace inside) {
    return new ChromiumInNamespace(inside);
  }
}
