package org.purertc.interop.browser;

class FirefoxSocketIoTest extends BrowserSocketIoTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
