package org.purertc.interop.browser;

class ChromiumIceRestartTest extends BrowserIceRestartTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
