package org.purertc.interop.browser;

class ChromiumToneTest extends BrowserToneTest {
  @Override
  Browser start() {
    return new Chromium();
  }
}
