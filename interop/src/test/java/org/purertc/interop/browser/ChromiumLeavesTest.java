package org.purertc.interop.browser;

class ChromiumLeavesTest extends BrowserLeavesTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
