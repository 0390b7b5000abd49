package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.purertc.RTCStats;

/** Video between Java and a browser over a path that loses one packet of twenty, both ways. */
abstract class BrowserLossTest extends BrowserCall {
  private static final LossyPath.Conditions LOSSY =
      new LossyPath.Conditions(Duration.ofMillis(50), 0.05);

  /** How the addresses begin by which the browser and Java reach each other. */
  abstract String subnet(Browser started);

  private LossyPath call(String codec, UnaryOperator<String> change) throws IOException {
    browser.meet(java, false);
    browser.run("await addMedia('video', {width: 640, height: 360, " + codec + "})");
    LossyPath path = LossyPath.offer(browser, java, subnet(browser.browser()), LOSSY, change);
    browser.awaitState("connected");
    return path;
  }

  @Test
  void retransmissionsRepairThePicture() throws IOException {
    try (LossyPath path = call("codec: 'VP8'", offer -> offer)) {
      JsonNode seen = browser.run("watchVideo(0); return measureVideo(0, 5000)");
      JsonNode page =
          until(
              "inbound[0].nackCount > 0 && outbound[0].nackCount > 0"
                  + " && outbound[0].retransmittedPacketsSent > 0");
      String state = "over %s: seen %s, page %s, Java %s".formatted(path, seen, page, streams());
      assertThat(seen.get("fresh").asInt()).as(state).isGreaterThan(60);
      assertThat(java("inbound-rtp").longValue("nackCount")).as(state).isPositive();
      assertThat(java("outbound-rtp").longValue("nackCount")).as(state).isPositive();
      assertThat(java("outbound-rtp").longValue("retransmittedPacketsSent")).as(state).isPositive();
      assertThat(java("inbound-rtp").longValue("retransmittedPacketsReceived"))
          .as(state)
          .isPositive();
    }
  }

  @Test
  void keyFramesBringThePictureBackWithoutRetransmissions() throws IOException {
    UnaryOperator<String> withoutNack = offer -> offer.replaceAll("a=rtcp-fb:\\d+ nack\r\n", "");
    try (LossyPath path = call("codec: 'VP8', rtx: false", withoutNack)) {
      JsonNode seen = browser.run("watchVideo(0); return measureVideo(0, 5000)");
      JsonNode page = until("outbound[0].pliCount > 0");
      JsonNode later = untilFresh();
      String state = "over %s: seen %s, page %s, Java %s".formatted(path, seen, page, streams());
      assertThat(seen.get("fresh").asInt()).as(state).isPositive();
      assertThat(later.get("fresh").asInt()).as(state).isPositive();
      assertThat(java("outbound-rtp").longValue("retransmittedPacketsSent")).as(state).isZero();
      assertThat(java("inbound-rtp").longValue("pliCount")).as(state).isPositive();
    }
  }

  /** Waits for statistics of the page, twenty seconds at most, and gives them as they are then. */
  private JsonNode until(String condition) {
    return browser.run(
        """
        for (const endMs = performance.now() + 20000; ; await pause(100)) {
          const stats = await mediaStats();
          const { "inbound-rtp": inbound, "outbound-rtp": outbound } = stats;
          if ((%s) || performance.now() > endMs) return { inbound, outbound };
        }
        """
            .formatted(condition));
  }

  /** Waits for new pictures, for twenty seconds at most: requests and key frames get lost, too. */
  private JsonNode untilFresh() {
    return browser.run(
        """
        for (let round = 1; ; round++) {
          const seen = await measureVideo(0, 1000);
          if (seen.fresh > 0 || round === 20) return seen;
        }
        """);
  }

  private RTCStats java(String type) {
    return BrowserPeer.get(java.getStats()).ofType(type).get(0);
  }

  private String streams() {
    return java("inbound-rtp") + " " + java("outbound-rtp");
  }
}
