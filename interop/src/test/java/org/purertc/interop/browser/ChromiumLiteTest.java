package org.purertc.interop.browser;

class ChromiumLiteTest extends BrowserLiteTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
