package org.purertc.interop.browser;

class ChromiumDataChannelTest extends BrowserDataChannelTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
