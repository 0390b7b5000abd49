package org.purertc.interop.browser;

class FirefoxLeavesTest extends BrowserLeavesTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
