package org.purertc.interop.browser;

import java.util.List;

class FirefoxMediaTest extends BrowserMediaTest {
  @Override
  Browser start() {
    return new Firefox();
  }

  /** Debian's Firefox has no H.264 of its own. */
  @Override
  List<String> videoCodecs() {
    return List.of("VP8", "VP9", "AV1");
  }

  @Override
  List<String> audioCodecs() {
    return List.of("opus", "G722", "PCMU", "PCMA");
  }
}
