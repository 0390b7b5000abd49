package org.purertc.interop.browser;

class FirefoxTcpTest extends BrowserTcpTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
