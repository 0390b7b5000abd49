package org.purertc.interop.browser;

import java.util.List;

class FirefoxRenegotiationTest extends BrowserRenegotiationTest {
  @Override
  Browser start() {
    return new Firefox();
  }

  @Override
  List<Boolean> byJava() {
    return List.of(true);
  }
}
