package org.purertc.interop.browser;

class ChromiumRenegotiationTest extends BrowserRenegotiationTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
