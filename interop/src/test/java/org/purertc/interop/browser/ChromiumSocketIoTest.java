package org.purertc.interop.browser;

class ChromiumSocketIoTest extends BrowserSocketIoTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
