package org.purertc.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Descriptions that Chromium and Firefox wrote, byte for byte. */
public final class BrowserSdp {

  public static final List<String> NAMES =
      List.of(
          "chromium-answer-av",
          "chromium-answer-datachannel",
          "chromium-audio-video",
          "chromium-audio-video-simulcast",
          "chromium-datachannel",
          "chromium-recvonly-av",
          "firefox-answer-av",
          "firefox-answer-datachannel",
          "firefox-audio-video",
          "firefox-audio-video-simulcast",
          "firefox-datachannel",
          "firefox-recvonly-av");

  private BrowserSdp() {}

  public static List<String> names() {
    return NAMES;
  }

  public static String text(String name) {
    try (InputStream in = BrowserSdp.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static SessionDescription parsed(String name) {
    try {
      return SessionDescription.parse(text(name));
    } catch (SdpException e) {
      throw new AssertionError(name, e);
    }
  }
}
