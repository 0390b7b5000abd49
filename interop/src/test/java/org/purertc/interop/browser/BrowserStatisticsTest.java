package org.purertc.interop.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.purertc.RTCStats;
import org.purertc.RTCStatsReport;

/** What both ends of one call count is the same. */
abstract class BrowserStatisticsTest extends BrowserCall {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
  private static final long MAX_EARLY_PACKETS = 20;

  /** What both ends say at about the same time. */
  private record Both(JsonNode page, RTCStatsReport java) {
    JsonNode page(String type) {
      return page.get(type).path(0);
    }

    RTCStats java(String type) {
      return java.ofType(type).get(0);
    }

    @Override
    public String toString() {
      return "page "
          + page
          + ", Java "
          + java.values().stream().filter(it -> it.type().endsWith("rtp")).toList();
    }

    boolean hasSame(String pageType, String pageMember, String javaType, String javaMember) {
      return page(pageType).path(pageMember).asLong(-1) == java(javaType).longValue(javaMember);
    }

    boolean hasRoundTrips() {
      return page("remote-inbound-rtp").has("roundTripTime")
          && !java.ofType("remote-inbound-rtp").isEmpty()
          && java("remote-inbound-rtp").get("roundTripTime") != null;
    }
  }

  private Both look() {
    return new Both(browser.run("return mediaStats()"), BrowserPeer.get(java.getStats()));
  }

  private void call(String kind) {
    browser.meet(java, true);
    browser.run("await addMedia('%s', {hertz: %s})".formatted(kind, HERTZ));
    browser.browserOffers(true);
    browser.awaitState("connected");
    if (kind.equals("audio")) {
      toneComesBack(0, HERTZ);
    } else {
      pictureComesBack(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"audio", "video"})
  void bothEndsCountTheSamePackets(String kind) {
    call(kind);
    Both both = look();
    long endNs = System.nanoTime() + LIMIT_NS;
    while (!both.hasRoundTrips() && System.nanoTime() < endNs) {
      both = look();
    }
    assertThat(both.hasRoundTrips()).as("%s", both).isTrue();
    // With nothing under way any more, the numbers are the same on both sides.
    browser.run("await replaceMedia(0, null)");
    do {
      both = look();
    } while (!isSame(both) && System.nanoTime() < endNs);
    assertThat(isSame(both)).as("%s", both).isTrue();
    assertReceived(both);
    assertSameCodec(both);
    assertRemoteInbound(both, kind);
    if (kind.equals("video")) {
      assertFrames(both);
    }
  }

  private static boolean isSame(Both both) {
    return isSameCountOfPackets(both)
        && both.hasSame("inbound-rtp", "bytesReceived", "outbound-rtp", "bytesSent")
        && both.hasSame("outbound-rtp", "ssrc", "inbound-rtp", "ssrc")
        && both.hasSame("inbound-rtp", "ssrc", "outbound-rtp", "ssrc");
  }

  /** W3C counts retransmissions and probes too; a page without their number leaves them out. */
  private static boolean isSameCountOfPackets(Both both) {
    if (both.page("inbound-rtp").has("retransmittedPacketsReceived")) {
      return both.hasSame("inbound-rtp", "packetsReceived", "outbound-rtp", "packetsSent");
    }
    // RFC 3550 section 6.4.1: the sender's report counts those of the one SSRC.
    return both.page("inbound-rtp").get("packetsReceived").asLong()
        == both.page("remote-outbound-rtp").path("packetsSent").asLong(-1);
  }

  /** The browser begins to send before Java has the keys, and counts what it pads with. */
  private static void assertReceived(Both both) {
    JsonNode sent = both.page("outbound-rtp");
    RTCStats received = both.java("inbound-rtp");
    long packetsSent = sent.get("packetsSent").asLong();
    long bytesSent = sent.get("bytesSent").asLong();
    assertThat(received.longValue("packetsReceived"))
        .as("%s", both)
        .isBetween(packetsSent - MAX_EARLY_PACKETS, packetsSent);
    assertThat(received.longValue("bytesReceived"))
        .as("%s", both)
        .isBetween(bytesSent - 1_200 * MAX_EARLY_PACKETS, bytesSent);
  }

  private static void assertSameCodec(Both both) {
    for (String type : new String[] {"inbound-rtp", "outbound-rtp"}) {
      RTCStats codec = both.java().get(both.java(type).text("codecId"));
      assertThat(codec.text("mimeType")).endsWith("/" + both.page(type).get("codec").asText());
    }
  }

  private static void assertRemoteInbound(Both both, String kind) {
    RTCStats ofPage = both.java("remote-inbound-rtp");
    JsonNode ofJava = both.page("remote-inbound-rtp");
    assertThat(ofPage.text("kind")).isEqualTo(kind);
    assertThat(ofPage.longValue("packetsLost")).as("%s", both).isZero();
    assertThat(ofJava.get("packetsLost").asLong()).as("%s", both).isZero();
    // One machine: a round trip takes what its scheduler takes.
    assertThat(ofPage.doubleValue("roundTripTime")).as("%s", both).isBetween(0.0, 0.5);
    assertThat(ofJava.get("roundTripTime").asDouble()).as("%s", both).isBetween(0.0, 0.5);
  }

  private static void assertFrames(Both both) {
    long sentByPage = both.page("outbound-rtp").get("framesSent").asLong();
    assertThat(both.java("inbound-rtp").longValue("framesReceived"))
        .as("%s", both)
        .isCloseTo(sentByPage, within(3L));
    assertThat(both.page("inbound-rtp").get("framesReceived").asLong())
        .as("%s", both)
        .isCloseTo(both.java("outbound-rtp").longValue("framesSent"), within(3L));
  }
}
