package org.purertc.interop.browser;

class FirefoxToneTest extends BrowserToneTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
