package org.purertc.interop.browser;

class FirefoxStatisticsTest extends BrowserStatisticsTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
