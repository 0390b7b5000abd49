package org.purertc.interop.browser;

import org.junit.jupiter.api.Tag;

@Tag("long")
class FirefoxForwardingTest extends BrowserForwardingTest {
  @Override
  Browser start() {
    return new Firefox();
  }
}
