package org.purertc.interop.browser;

class FirefoxForwardingTest extends BrowserForwardingTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
