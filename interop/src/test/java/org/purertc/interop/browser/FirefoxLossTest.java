package org.purertc.interop.browser;

class FirefoxLossTest extends BrowserLossTest {
  @Override
  Browser start() {
    return new Firefox();
  }

  /** Java's end of the cable to Firefox's namespace. */
  @Override
  String subnet(Browser started) {
    return started.serverHost();
  }
}
