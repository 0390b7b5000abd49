package org.purertc.interop.browser;

import java.util.List;

class ChromiumRenegotiationTest extends BrowserRenegotiationTest {
  @Override
  Browser start() {
    return new Chromium();
  }

  @Override
  List<Boolean> byJava() {
    return List.of(false);
  }
}
