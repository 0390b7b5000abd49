package org.purertc.interop.browser;

class FirefoxGlareTest extends BrowserGlareTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
