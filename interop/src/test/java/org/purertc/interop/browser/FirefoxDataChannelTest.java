package org.purertc.interop.browser;

class FirefoxDataChannelTest extends BrowserDataChannelTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
