package org.purertc.interop.browser;

class ChromiumCrashTest extends BrowserCrashTest {
  @Override
  CrashingBrowser start() {
    return new Chromium();
  }
}
