package org.purertc.interop.browser;

import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("long")
class FirefoxMediaPageTest extends BrowserMediaPageTest {
  @Override
  Browser start() {
    // Both ends are in one namespace, where no name of mDNS is found.
    return new Firefox(Map.of("media.peerconnection.ice.obfuscate_host_addresses", "false"));
  }
}
