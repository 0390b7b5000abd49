package org.purertc.interop.browser;

import java.util.List;

class ChromiumMediaTest extends BrowserMediaTest {
  @Override
  Browser start() {
    return new Chromium();
  }

  @Override
  List<String> videoCodecs() {
    return List.of(
        "VP8",
        "VP9 profile-id=0",
        "H264 packetization-mode=1;profile-level-id=42e01f",
        "H264 packetization-mode=0;profile-level-id=42e01f",
        "AV1");
  }

  @Override
  List<String> audioCodecs() {
    return List.of("opus", "G722", "PCMU", "PCMA");
  }
}
