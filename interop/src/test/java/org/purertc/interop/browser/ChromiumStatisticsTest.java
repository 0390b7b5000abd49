package org.purertc.interop.browser;

class ChromiumStatisticsTest extends BrowserStatisticsTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
