package org.purertc.interop.browser;

class FirefoxLiteTest extends BrowserLiteTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
