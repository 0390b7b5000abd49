package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.purertc.MediaKind;
import org.purertc.RTCPeerConnectionState;
import org.purertc.RTCRtpSender;

/**
 * Audio and video between Java and a browser; the same for each browser. Java sends back what it
 * gets, and the page reads its own pattern and tone from what comes back.
 */
abstract class BrowserMediaTest extends BrowserCall {

  /** {@code VP8}, {@code H264 packetization-mode=1}, … */
  abstract List<String> videoCodecs();

  abstract List<String> audioCodecs();

  @ParameterizedTest
  @MethodSource("videoCodecs")
  void videoThatTheBrowserOffersComesBack(String codec) {
    browser.meet(java, true);
    browser.run("await addMedia('video', {" + only(codec) + "})");
    browser.browserOffers(true);
    assertPatternComesBack(codec);
  }

  @ParameterizedTest
  @MethodSource("videoCodecs")
  void videoThatJavaOffersComesBack(String codec) {
    browser.meet(java, true);
    offerOnly(MediaKind.VIDEO, codec);
    browser.javaOffers(true, "await addTrack('video', {})");
    assertPatternComesBack(codec);
  }

  @ParameterizedTest
  @MethodSource("audioCodecs")
  void audioThatTheBrowserOffersComesBack(String codec) {
    browser.meet(java, true);
    browser.run("await addMedia('audio', {hertz: " + HERTZ + ", " + only(codec) + "})");
    browser.browserOffers(true);
    assertToneComesBack(codec);
  }

  @ParameterizedTest
  @MethodSource("audioCodecs")
  void audioThatJavaOffersComesBack(String codec) {
    browser.meet(java, true);
    offerOnly(MediaKind.AUDIO, codec);
    browser.javaOffers(true, "await addTrack('audio', {hertz: " + HERTZ + "})");
    assertToneComesBack(codec);
  }

  /** Chromium answers with its own choice, and sends in the offer's first codec all the same. */
  private void offerOnly(MediaKind kind, String codec) {
    String[] parts = codec.split(" ");
    String mimeType = kind + "/" + parts[0];
    String fmtp = parts.length == 1 ? "" : parts[1];
    java.addTransceiver(kind)
        .setCodecPreferences(
            RTCRtpSender.getCapabilities(kind).codecs().stream()
                .filter(
                    each ->
                        each.mimeType().equals("video/rtx")
                            || each.mimeType().equalsIgnoreCase(mimeType)
                                && each.sdpFmtpLine().contains(fmtp))
                .toList());
  }

  private void assertPatternComesBack(String codec) {
    browser.awaitState("connected");
    JsonNode seen =
        browser.run(
            "watchVideo(0); await videoWatches.get(0).sees(21); return videoWatches.get(0).report()");
    assertThat(codecs("inbound-rtp"))
        .as(
            "%s %s",
            seen,
            BrowserPeer.get(java.getStats()).values().stream()
                .filter(v -> v.type().endsWith("rtp"))
                .toList())
        .containsExactly(name(codec));
    assertThat(seen.get("fresh").asInt()).as("%s", seen).isGreaterThan(20);
    assertThat(java.connectionState()).isEqualTo(RTCPeerConnectionState.CONNECTED);
  }

  private void assertToneComesBack(String codec) {
    browser.awaitState("connected");
    JsonNode heard = browser.run("return awaitTone(0, " + HERTZ + ")");
    assertThat(heard.get("hertz").asDouble()).as("%s", heard).isCloseTo(HERTZ, within(10.0));
    assertThat(codecs("inbound-rtp")).containsExactly(name(codec));
  }

  private List<String> codecs(String type) {
    List<String> names = new ArrayList<>();
    browser
        .run("return mediaStats()")
        .get(type)
        .forEach(stream -> names.add(stream.path("codec").asText()));
    return names;
  }

  private static String name(String codec) {
    return codec.split(" ")[0];
  }

  private static String only(String codec) {
    String[] parts = codec.split(" ");
    String fmtp = parts.length == 1 ? "" : ", fmtp: '" + parts[1] + "'";
    return "codec: '" + parts[0] + "'" + fmtp;
  }
}
