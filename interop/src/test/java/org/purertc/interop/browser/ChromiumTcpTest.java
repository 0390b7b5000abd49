package org.purertc.interop.browser;

class ChromiumTcpTest extends BrowserTcpTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
