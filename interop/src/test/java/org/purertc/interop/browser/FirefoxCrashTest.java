package org.purertc.interop.browser;

import org.junit.jupiter.api.Tag;

@Tag("long")
class FirefoxCrashTest extends BrowserCrashTest {
  @Override
  CrashingBrowser start() {
    return new Firefox();
  }
}
