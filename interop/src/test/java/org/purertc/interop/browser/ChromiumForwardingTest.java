package org.purertc.interop.browser;

import org.junit.jupiter.api.Test;

class ChromiumForwardingTest extends BrowserForwardingTest {
  @Override
  Browser start() {
    return new Chromium();
  }

  /** Debian's Firefox has none of its own. */
  @Test
  void packetsOfH264ComeBackAsAPicture() {
    pictureComesBackAs("H264");
  }

  @Test
  void packetsOfAv1ComeBackAsAPicture() {
    pictureComesBackAs("AV1");
  }
}
