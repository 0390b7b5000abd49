package org.purertc.interop.browser;

class FirefoxTrickleTest extends BrowserTrickleTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
