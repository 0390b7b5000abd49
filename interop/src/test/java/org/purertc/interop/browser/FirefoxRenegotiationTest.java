package org.purertc.interop.browser;

class FirefoxRenegotiationTest extends BrowserRenegotiationTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
