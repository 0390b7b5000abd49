package org.purertc.interop.browser;

class FirefoxCrashTest extends BrowserCrashTest {
  @Override
  CrashingBrowser start() {
    return new Firefox();
  }
}
