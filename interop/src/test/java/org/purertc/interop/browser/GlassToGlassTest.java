package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.purertc.PeerConnectionFactory;
import org.purertc.RTCConfiguration;
import org.purertc.RTCPeerConnection;

/**
 * How old a picture is when Chromium shows it: once around through Java, and from one connection of
 * the page to another one of it, in turn. Prints the figures of docs/benchmarks.md; they are no
 * condition, for they depend on what else the machine does.
 */
@Tag("interop")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GlassToGlassTest {
  private static final int ROUNDS = 5;
  private static final int ROUND_MS = 3_000;

  private BrowserPeer browser;
  private PeerConnectionFactory factory;

  @BeforeAll
  void open() {
    factory = PeerConnectionFactory.builder().build();
    browser = new BrowserPeer(new Chromium());
  }

  @AfterAll
  void close() {
    factory.close();
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void picturesComeBackThroughJavaAsFreshAsTheBrowserCanTell() {
    List<Double> own = new ArrayList<>();
    List<Double> echoed = new ArrayList<>();
    // The first round brings both JVM and browser to speed.
    for (int round = -1; round < ROUNDS; round++) {
      JsonNode loop = browser.run("return ownLoop({codec: 'VP8', ms: " + ROUND_MS + "})");
      JsonNode echo = throughJava();
      if (round >= 0) {
        own.add(loop.get("latencyMs").get("median").asDouble());
        echoed.add(echo.get("latencyMs").get("median").asDouble());
      }
      System.out.printf("glass to glass: own loop %s%nthrough Java %s%n", loop, echo);
      assertThat(echo.get("fresh").asInt()).as("%s", echo).isGreaterThan(20);
      assertThat(echo.get("backward").asInt()).as("%s", echo).isZero();
    }
    System.out.printf(
        Locale.ROOT,
        "glass to glass, medians of %d rounds: own loop %.1f ms, through Java %.1f ms, ratio"
            + " %.2f%n",
        ROUNDS,
        median(own),
        median(echoed),
        median(echoed) / median(own));
  }

  private JsonNode throughJava() {
    RTCPeerConnection java = factory.createPeerConnection(RTCConfiguration.DEFAULT);
    try {
      java.onTrack(event -> java.addTrack(event.track()));
      browser.meet(java, true);
      browser.run("await addMedia('video', {codec: 'VP8'})");
      browser.browserOffers(true);
      browser.awaitState("connected");
      return browser.run(
          "watchVideo(0); await videoWatches.get(0).sees(10); return measureVideo(0, "
              + ROUND_MS
              + ")");
    } finally {
      java.close();
      browser.run("stopMedia(0)");
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
