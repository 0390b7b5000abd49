package org.purertc.interop.browser;

import java.util.List;

class ChromiumRelayTest extends BrowserRelayTest {
  @Override
  Browser start() {
    return new Chromium(
        "--ignore-certificate-errors", "--disable-features=WebRtcHideLocalIpsWithMdns");
  }

  @Override
  List<Transport> transports() {
    return List.of(Transport.UDP, Transport.TCP, Transport.TLS);
  }
}
