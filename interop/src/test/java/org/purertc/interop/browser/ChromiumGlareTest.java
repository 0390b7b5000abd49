package org.purertc.interop.browser;

class ChromiumGlareTest extends BrowserGlareTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
