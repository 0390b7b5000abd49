package org.purertc.interop.browser;

class ChromiumLossTest extends BrowserLossTest {
  @Override
  Browser start() {
    return new Chromium();
  }

  @Override
  String subnet(Browser started) {
    return "";
  }
}
