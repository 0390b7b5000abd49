package org.purertc.interop.browser;

import java.util.Map;

class FirefoxLossTest extends BrowserLossTest {
  @Override
  Browser start() {
    // The relay needs the address, which is not of this process's own network.
    return new Firefox(Map.of("media.peerconnection.ice.obfuscate_host_addresses", "false"));
  }

  @Override
  String subnet(Browser started) {
    String host = started.serverHost();
    return host.substring(0, host.lastIndexOf('.') + 1);
  }
}
