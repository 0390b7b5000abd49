package org.purertc.interop.browser;

class FirefoxIceRestartTest extends BrowserIceRestartTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
