package org.purertc.interop.browser;

class ChromiumTrickleTest extends BrowserTrickleTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
