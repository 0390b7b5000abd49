package org.purertc.interop.browser;

class ChromiumMediaPageTest extends BrowserMediaPageTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
