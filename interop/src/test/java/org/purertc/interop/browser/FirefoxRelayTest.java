package org.purertc.interop.browser;

import java.util.List;
import java.util.Map;

class FirefoxRelayTest extends BrowserRelayTest {
  @Override
  Browser start() {
    return new Firefox(Map.of("media.peerconnection.ice.obfuscate_host_addresses", "false"));
  }

  /** It has no setting that makes it trust a certificate of our own. */
  @Override
  List<Transport> transports() {
    return List.of(Transport.UDP, Transport.TCP);
  }
}
